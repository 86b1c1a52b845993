import type { MessageGroup } from './group.ts';

/** PostgreSQL, MySQL, SQL Server, Oracle, SQLite. */
export const DATABASES: readonly MessageGroup[] = [
  {
    name: 'PostgreSQL: foreign keys',
    troubles: [
      [
        'insert or update on table "orders" violates foreign key constraint "orders_user_id_fkey" Key (user_id)=(42) is not present in table "users".',
        'insert or update on table "orders" violates foreign key constraint "orders_user_id_fkey" Key (user_id)=(0f8fad5b-d9cb-469f-a165-70867728950e) is not present in table "users".',
      ],
      ['insert or update on table "orders" violates foreign key constraint "orders_cart_id_fkey"'],
      ['update or delete on table "users" violates foreign key constraint "orders_user_id_fkey" on table "orders"'],
      ['new row for relation "orders" violates check constraint "orders_total_check"'],
    ],
  },
  {
    name: 'PostgreSQL: partitions',
    troubles: [
      [
        'no partition of relation "events" found for row Partition key of the failing row contains (created_at) = (2026-11-03 00:00:00+00).',
        'no partition of relation "events" found for row Partition key of the failing row contains (created_at) = (2026-12-01 11:00:00+00).',
      ],
      ['no partition of relation "metrics" found for row'],
    ],
  },
  {
    name: 'PostgreSQL: deadlock and serialisation',
    troubles: [
      [
        'deadlock detected Process 4711 waits for ShareLock on transaction 889123; blocked by process 4712.\nProcess 4712 waits for ShareLock on transaction 889124; blocked by process 4711.',
        'deadlock detected Process 3 waits for ShareLock on transaction 12; blocked by process 7.\nProcess 7 waits for ShareLock on transaction 11; blocked by process 3.',
      ],
      ['could not serialize access due to concurrent update'],
      ['could not serialize access due to read/write dependencies among transactions'],
    ],
  },
  {
    name: 'PostgreSQL: what ended a statement',
    troubles: [
      ['canceling statement due to statement timeout'],
      ['canceling statement due to lock timeout'],
      ['canceling statement due to user request'],
      ['canceling statement due to conflict with recovery'],
      ['terminating connection due to administrator command'],
      ['terminating connection due to idle-in-transaction timeout'],
    ],
  },
  {
    name: 'PostgreSQL: who may come in',
    troubles: [
      [
        'no pg_hba.conf entry for host "10.0.3.17", user "shop", database "shop", no encryption',
        'no pg_hba.conf entry for host "10.0.3.18", user "shop", database "shop", no encryption',
      ],
      ['no pg_hba.conf entry for host "10.0.3.17", user "shop", database "billing", no encryption'],
      ['sorry, too many clients already'],
      ['the database system is starting up'],
      ['must be owner of table users'],
      ['new row violates row-level security policy for table "orders"'],
      ['new row violates row-level security policy for table "users"'],
    ],
  },
  {
    name: 'PostgreSQL: SQL that is wrong',
    troubles: [
      ['syntax error at or near "FORM"'],
      ['syntax error at or near "SELEC"'],
      ['function lower(integer) does not exist'],
      ['function jsonb_path(text) does not exist'],
      ['operator does not exist: integer = text'],
      ['operator does not exist: uuid = text'],
      ['column reference "id" is ambiguous'],
      ['column reference "name" is ambiguous'],
      ['could not determine data type of parameter $1', 'could not determine data type of parameter $3'],
    ],
  },
  {
    name: 'PostgreSQL: values',
    troubles: [
      ['invalid input value for enum order_status: "opne"', 'invalid input value for enum order_status: "x"'],
      ['invalid input value for enum user_role: "opne"'],
      ['invalid byte sequence for encoding "UTF8": 0x00', 'invalid byte sequence for encoding "UTF8": 0xe2 0x28 0xa1'],
      [
        'value "99999999999" is out of range for type integer',
        'value "123456789012345" is out of range for type integer',
      ],
      ['value "99999999999" is out of range for type smallint'],
      ['date/time field value out of range: "2026-13-01"', 'date/time field value out of range: "31.02.2026"'],
    ],
  },
  {
    name: 'PostgreSQL: files and memory',
    troubles: [
      [
        'could not extend file "base/16384/24601": No space left on device',
        'could not extend file "base/16384/99012.1": No space left on device',
      ],
      [
        'could not resize shared memory segment "/PostgreSQL.1234567890" to 8388608 bytes: No space left on device',
        'could not resize shared memory segment "/PostgreSQL.98765432" to 16777216 bytes: No space left on device',
      ],
      ['replication slot "orders_sub" is active for PID 4711', 'replication slot "orders_sub" is active for PID 12'],
      ['replication slot "mails_sub" is active for PID 4711'],
    ],
  },
  {
    name: 'PgBouncer and pools',
    troubles: [
      ['prepared statement "s12" does not exist', 'prepared statement "s7" does not exist'],
      ['prepared statement "lrupsc_1_0" already exists', 'prepared statement "lrupsc_1_17" already exists'],
      ['query_wait_timeout'],
      ['timeout exceeded when trying to connect'],
      ['Connection terminated unexpectedly'],
      ['Connection terminated due to connection timeout'],
    ],
  },
  {
    name: 'libpq names the server',
    troubles: [
      [
        'connection to server at "db.internal" (10.0.3.17), port 5432 failed: FATAL:  sorry, too many clients already',
        'connection to server at "db.internal" (10.0.3.99), port 5432 failed: FATAL:  sorry, too many clients already',
      ],
      [
        'connection to server at "reports.internal" (10.0.3.17), port 5432 failed: FATAL:  sorry, too many clients already',
      ],
      [
        'connection to server at "db.internal" (10.0.3.17), port 5432 failed: Connection refused\n\tIs the server running on that host and accepting TCP/IP connections?',
      ],
    ],
  },
  {
    name: 'MySQL: keys',
    troubles: [
      [
        'Cannot add or update a child row: a foreign key constraint fails (`shop`.`orders`, CONSTRAINT `orders_ibfk_1` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`))',
      ],
      [
        'Cannot add or update a child row: a foreign key constraint fails (`shop`.`orders`, CONSTRAINT `orders_ibfk_2` FOREIGN KEY (`cart_id`) REFERENCES `carts` (`id`))',
      ],
      [
        "Duplicate entry '42-2026-11-03' for key 'sales.PRIMARY'",
        "Duplicate entry '7-2026-12-24' for key 'sales.PRIMARY'",
      ],
      ["Duplicate entry 'O'Brien' for key 'users.name'", "Duplicate entry 'ann' for key 'users.name'"],
    ],
  },
  {
    name: 'MySQL: SQL that is wrong',
    troubles: [
      [
        "You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the right syntax to use near 'SELEC * FROM users WHERE id = 42' at line 1",
        "You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the right syntax to use near 'SELEC * FROM users WHERE id = 43' at line 1",
      ],
      [
        "You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the right syntax to use near 'ORDR BY total' at line 1",
      ],
      ["Unknown database 'shop'"],
      ["Unknown database 'billing'"],
      ["Field 'created_at' doesn't have a default value"],
      ["Field 'total' doesn't have a default value"],
    ],
  },
  {
    name: 'MySQL: values',
    troubles: [
      [
        "Incorrect string value: '\\xF0\\x9F\\x98\\x80' for column 'note' at row 1",
        "Incorrect string value: '\\xE2\\x82\\xAC...' for column 'note' at row 12",
      ],
      ["Incorrect string value: '\\xF0\\x9F\\x98\\x80' for column 'name' at row 1"],
      [
        "Incorrect integer value: 'abc' for column 'age' at row 1",
        "Incorrect integer value: '' for column 'age' at row 3",
      ],
      ["Column 'email' cannot be null"],
      ["Column 'name' cannot be null"],
      ["Out of range value for column 'qty' at row 1", "Out of range value for column 'qty' at row 90"],
    ],
  },
  {
    name: 'MySQL: server',
    troubles: [
      [
        "Host '10.0.0.5' is blocked because of many connection errors; unblock with 'mysqladmin flush-hosts'",
        "Host '10.0.9.1' is blocked because of many connection errors; unblock with 'mysqladmin flush-hosts'",
      ],
      ["Host '10.0.0.5' is not allowed to connect to this MySQL server"],
      [
        "Error writing file '/tmp/MLfd=12' (OS errno 28 - No space left on device)",
        "Error writing file '/tmp/MLfd=97' (OS errno 28 - No space left on device)",
      ],
      ["Access denied for user 'shop'@'10.0.0.5' to database 'shop'"],
      ["Access denied for user 'shop'@'10.0.0.5' to database 'billing'"],
      ["Table './shop/orders' is marked as crashed and should be repaired"],
      [
        'Unknown prepared statement handler (12) given to mysqld_stmt_execute',
        'Unknown prepared statement handler (3) given to mysqld_stmt_execute',
      ],
    ],
  },
  {
    name: 'SQL Server: keys',
    troubles: [
      [
        "Violation of PRIMARY KEY constraint 'PK_Orders'. Cannot insert duplicate key in object 'dbo.Orders'. The duplicate key value is (42).",
        "Violation of PRIMARY KEY constraint 'PK_Orders'. Cannot insert duplicate key in object 'dbo.Orders'. The duplicate key value is (ann@example.com, 7).",
      ],
      [
        "Violation of PRIMARY KEY constraint 'PK_Users'. Cannot insert duplicate key in object 'dbo.Users'. The duplicate key value is (42).",
      ],
      [
        'The INSERT statement conflicted with the FOREIGN KEY constraint "FK_Orders_Users". The conflict occurred in database "shop", table "dbo.Users", column \'Id\'.',
      ],
      [
        'The INSERT statement conflicted with the FOREIGN KEY constraint "FK_Orders_Carts". The conflict occurred in database "shop", table "dbo.Carts", column \'Id\'.',
      ],
    ],
  },
  {
    name: 'SQL Server: others',
    troubles: [
      [
        'Transaction (Process ID 62) was deadlocked on lock resources with another process and has been chosen as the deadlock victim. Rerun the transaction.',
        'Transaction (Process ID 7) was deadlocked on lock resources with another process and has been chosen as the deadlock victim. Rerun the transaction.',
      ],
      ["Login failed for user 'shop'."],
      ["Login failed for user 'billing'."],
      ["Invalid object name 'dbo.Orders'."],
      ["Invalid object name 'dbo.Carts'."],
      ["Invalid column name 'Total'."],
      [
        "Conversion failed when converting the varchar value 'abc' to data type int.",
        "Conversion failed when converting the varchar value '12,5' to data type int.",
      ],
      ['Failed to connect to db.internal:1433 in 15000ms', 'Failed to connect to db.internal:1433 in 5000ms'],
      ['Failed to connect to reports.internal:1433 in 15000ms'],
    ],
  },
  {
    name: 'SQL Server: a text that is too long',
    troubles: [
      [
        "String or binary data would be truncated in table 'shop.dbo.Users', column 'Name'. Truncated value: 'Annnnn'.",
        "String or binary data would be truncated in table 'shop.dbo.Users', column 'Name'. Truncated value: 'Bobbbb'.",
      ],
      ["String or binary data would be truncated in table 'shop.dbo.Users', column 'City'. Truncated value: 'Annnnn'."],
    ],
  },
  {
    name: 'Oracle',
    troubles: [
      ['ORA-00001: unique constraint (SHOP.USERS_EMAIL_UK) violated'],
      ['ORA-00001: unique constraint (SHOP.ORDERS_PK) violated'],
      [
        'ORA-01555: snapshot too old: rollback segment number 7 with name "_SYSSMU7_1234567890$" too small',
        'ORA-01555: snapshot too old: rollback segment number 12 with name "_SYSSMU12_998877665$" too small',
      ],
      ['ORA-06512: at "SHOP.PKG_ORDERS", line 42', 'ORA-06512: at "SHOP.PKG_ORDERS", line 57'],
      ['ORA-06512: at "SHOP.PKG_MAILS", line 42'],
      [
        'ORA-01653: unable to extend table SHOP.ORDERS by 8192 in tablespace USERS',
        'ORA-01653: unable to extend table SHOP.ORDERS by 128 in tablespace USERS',
      ],
      ['ORA-01653: unable to extend table SHOP.CARTS by 8192 in tablespace USERS'],
    ],
  },
  {
    name: 'SQLite',
    troubles: [
      ['SQLITE_CONSTRAINT: UNIQUE constraint failed: users.email'],
      ['SQLITE_CONSTRAINT: UNIQUE constraint failed: users.name'],
      ['SQLITE_CONSTRAINT: NOT NULL constraint failed: users.email'],
      ['SQLITE_BUSY: database is locked'],
      ['SQLITE_ERROR: no such table: users'],
      ['SQLITE_ERROR: no such table: orders'],
      ['SQLITE_ERROR: near "FORM": syntax error'],
      ['SQLITE_ERROR: near "SELEC": syntax error'],
    ],
  },
];
