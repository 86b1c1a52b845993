import type { MessageGroup } from './group.ts';

/** PostgreSQL and what stands before it. */
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
];
