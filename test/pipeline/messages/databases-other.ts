import type { MessageGroup } from './group.ts';

/** MySQL, SQL Server, Oracle, SQLite. */
export const DATABASES_OTHER: readonly MessageGroup[] = [
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
