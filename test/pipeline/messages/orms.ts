import type { MessageGroup } from './group.ts';

/** Libraries between an application and its database; many of them quote the whole statement. */
export const ORMS: readonly MessageGroup[] = [
  {
    name: 'Prisma quotes the call and its place',
    troubles: [
      [
        '\nInvalid `prisma.user.create()` invocation in\n/app/src/users.ts:42:31\n\n  39 const input = parse(body);\n→ 42 const user = await prisma.user.create(\nUnique constraint failed on the fields: (`email`)',
        '\nInvalid `prisma.user.create()` invocation in\n/app/src/users.ts:57:31\n\n  54 const input = parse(body);\n→ 57 const user = await prisma.user.create(\nUnique constraint failed on the fields: (`email`)',
      ],
      [
        '\nInvalid `prisma.user.create()` invocation in\n/app/src/users.ts:42:31\n\n  39 const input = parse(body);\n→ 42 const user = await prisma.user.create(\nUnique constraint failed on the fields: (`name`)',
      ],
      [
        "\nInvalid `prisma.user.create()` invocation:\n\n\nCan't reach database server at `db.internal:5432`\n\nPlease make sure your database server is running at `db.internal:5432`.",
      ],
      [
        "\nInvalid `prisma.user.create()` invocation:\n\n\nCan't reach database server at `reports.internal:5432`\n\nPlease make sure your database server is running at `reports.internal:5432`.",
      ],
    ],
  },
  {
    name: 'Prisma: limits',
    troubles: [
      [
        'Timed out fetching a new connection from the connection pool. More info: http://pris.ly/d/connection-pool (Current connection pool timeout: 10, connection limit: 5)',
        'Timed out fetching a new connection from the connection pool. More info: http://pris.ly/d/connection-pool (Current connection pool timeout: 2, connection limit: 17)',
      ],
      [
        'Transaction API error: Transaction already closed: A query cannot be executed on an expired transaction. The timeout for this transaction was 5000 ms, however 5104 ms passed since the start of the transaction.',
        'Transaction API error: Transaction already closed: A query cannot be executed on an expired transaction. The timeout for this transaction was 2000 ms, however 20311 ms passed since the start of the transaction.',
      ],
    ],
  },
  {
    name: 'Prisma: records, columns and codes',
    troubles: [
      [
        'An operation failed because it depends on one or more records that were required but not found. Record to update not found.',
      ],
      [
        'An operation failed because it depends on one or more records that were required but not found. Record to delete does not exist.',
      ],
      ['Foreign key constraint failed on the field: `orders_user_id_fkey (index)`'],
      ['Foreign key constraint failed on the field: `orders_cart_id_fkey (index)`'],
      ['The column `users.nickname` does not exist in the current database.'],
      ['The column `users.birthday` does not exist in the current database.'],
      ['Raw query failed. Code: `42P01`. Message: `relation "carts" does not exist`'],
      ['Raw query failed. Code: `40001`. Message: `could not serialize access`'],
    ],
  },
  {
    name: 'TypeORM',
    troubles: [
      [
        'Could not find any entity of type "User" matching: {\n    "where": {\n        "id": 42\n    }\n}',
        'Could not find any entity of type "User" matching: {\n    "where": {\n        "id": 4711\n    }\n}',
      ],
      [
        'Could not find any entity of type "User" matching: {\n    "where": {\n        "email": "ann@example.com"\n    }\n}',
        'Could not find any entity of type "User" matching: {\n    "where": {\n        "email": "bob"\n    }\n}',
      ],
      ['Could not find any entity of type "Order" matching: {\n    "where": {\n        "id": 42\n    }\n}'],
      ['No metadata for "User" was found.'],
      ['No metadata for "Order" was found.'],
      ['Property "nickname" was not found in "User". Make sure your query is correct.'],
      ['Property "nickname" was not found in "Order". Make sure your query is correct.'],
    ],
  },
  {
    name: 'TypeORM: connections',
    troubles: [['Connection "default" was not found.'], ['Connection "reports" was not found.']],
  },
  {
    name: 'Sequelize',
    troubles: [
      ['Validation error: Validation isEmail on email failed'],
      ['Validation error: Validation isEmail on contact failed'],
      ['notNull Violation: User.email cannot be null'],
      ['notNull Violation: User.name cannot be null'],
      ['WHERE parameter "id" has invalid "undefined" value'],
      ['WHERE parameter "email" has invalid "undefined" value'],
    ],
  },
  {
    name: 'Knex: a statement with parameters',
    troubles: [
      [
        'insert into "users" ("email", "name") values ($1, $2) - duplicate key value violates unique constraint "users_email_unique"',
        'insert into "users" ("email", "name") values ($1, $2), ($3, $4), ($5, $6) - duplicate key value violates unique constraint "users_email_unique"',
      ],
      ['select * from "users" where "id" = $1 limit $2 - canceling statement due to statement timeout'],
      ['select * from "orders" where "id" = $1 limit $2 - canceling statement due to statement timeout'],
      ['select * from "users" where "email" = $1 limit $2 - canceling statement due to statement timeout'],
      [
        'select * from "users" where "id" in ($1, $2, $3) - canceling statement due to statement timeout',
        'select * from "users" where "id" in ($1, $2, $3, $4, $5, $6, $7) - canceling statement due to statement timeout',
      ],
      ['Knex: Timeout acquiring a connection. The pool is probably full. Are you missing a .transacting(trx) call?'],
    ],
  },
  {
    name: 'Knex: a statement with values',
    troubles: [
      [
        "insert into `users` (`email`, `age`) values ('ann@example.com', 42) - ER_DUP_ENTRY: Duplicate entry 'ann@example.com' for key 'users_email_unique'",
        "insert into `users` (`email`, `age`) values ('Bob', 7), ('Zoë', NULL) - ER_DUP_ENTRY: Duplicate entry 'Bob' for key 'users_email_unique'",
      ],
      [
        "insert into `orders` (`email`, `age`) values ('ann@example.com', 42) - ER_DUP_ENTRY: Duplicate entry 'ann@example.com' for key 'orders_email_unique'",
      ],
    ],
  },
  {
    name: 'Laravel puts values into the statement, without quotes',
    troubles: [
      [
        "SQLSTATE[23000]: Integrity constraint violation: 1062 Duplicate entry 'ann@example.com' for key 'users.users_email_unique' (Connection: mysql, SQL: insert into `users` (`name`, `email`, `created_at`) values (Ann Lee, ann@example.com, 2026-11-03 04:05:06))",
        "SQLSTATE[23000]: Integrity constraint violation: 1062 Duplicate entry 'bob@example.com' for key 'users.users_email_unique' (Connection: mysql, SQL: insert into `users` (`name`, `email`, `created_at`) values (Bob, bob@example.com, 2026-12-24 14:15:16))",
      ],
      [
        "SQLSTATE[23000]: Integrity constraint violation: 1048 Column 'name' cannot be null (Connection: mysql, SQL: insert into `users` (`name`, `email`, `created_at`) values (?, ann@example.com, 2026-11-03 04:05:06))",
      ],
      [
        "SQLSTATE[42S02]: Base table or view not found: 1146 Table 'shop.orders' doesn't exist (SQL: select * from `orders` where `id` = 42 limit 1)",
        "SQLSTATE[42S02]: Base table or view not found: 1146 Table 'shop.orders' doesn't exist (SQL: select * from `orders` where `id` = 7 limit 1)",
      ],
    ],
  },
  {
    name: 'SQLAlchemy',
    troubles: [
      [
        "(psycopg2.errors.UniqueViolation) duplicate key value violates unique constraint \"users_email_key\"\nDETAIL:  Key (email)=(ann@example.com) already exists.\n\n[SQL: INSERT INTO users (email, name) VALUES (%(email)s, %(name)s) RETURNING users.id]\n[parameters: {'email': 'ann@example.com', 'name': 'Ann'}]\n(Background on this error at: https://sqlalche.me/e/20/gkpj)",
        "(psycopg2.errors.UniqueViolation) duplicate key value violates unique constraint \"users_email_key\"\nDETAIL:  Key (email)=(bob) already exists.\n\n[SQL: INSERT INTO users (email, name) VALUES (%(email)s, %(name)s) RETURNING users.id]\n[parameters: {'email': 'bob', 'name': 'Bob O\"Neil'}]\n(Background on this error at: https://sqlalche.me/e/20/gkpj)",
      ],
      [
        "(psycopg2.errors.UniqueViolation) duplicate key value violates unique constraint \"users_name_key\"\nDETAIL:  Key (name)=(Ann) already exists.\n\n[SQL: INSERT INTO users (email, name) VALUES (%(email)s, %(name)s) RETURNING users.id]\n[parameters: {'email': 'ann@example.com', 'name': 'Ann'}]\n(Background on this error at: https://sqlalche.me/e/20/gkpj)",
      ],
      [
        'QueuePool limit of size 5 overflow 10 reached, connection timed out, timeout 30.00',
        'QueuePool limit of size 20 overflow 0 reached, connection timed out, timeout 5.00',
      ],
    ],
  },
  {
    name: 'Django',
    troubles: [
      [
        'relation "shop_order" does not exist\nLINE 1: SELECT "shop_order"."id" FROM "shop_order" WHERE "shop_order"."id" = 42 LIMIT 21\n                                 ^',
        'relation "shop_order" does not exist\nLINE 1: SELECT "shop_order"."id" FROM "shop_order" WHERE "shop_order"."id" = 4711 LIMIT 21\n                                 ^',
      ],
      ['relation "shop_cart" does not exist\nLINE 1: SELECT "shop_cart"."id" FROM "shop_cart"'],
      ['Order matching query does not exist.'],
      ['User matching query does not exist.'],
      ["Field 'id' expected a number but got 'abc'.", "Field 'id' expected a number but got 'x-1'."],
      ["Field 'user_id' expected a number but got 'abc'."],
    ],
  },
  {
    name: 'ActiveRecord',
    troubles: [
      ["Couldn't find User with 'id'=42", "Couldn't find User with 'id'=4711"],
      ["Couldn't find Order with 'id'=42"],
      [
        'PG::UniqueViolation: ERROR:  duplicate key value violates unique constraint "index_users_on_email"\nDETAIL:  Key (email)=(ann@example.com) already exists.\n',
        'PG::UniqueViolation: ERROR:  duplicate key value violates unique constraint "index_users_on_email"\nDETAIL:  Key (email)=(bob) already exists.\n',
      ],
      ['Validation failed: Email has already been taken'],
      ["Validation failed: Name can't be blank"],
      [
        'could not obtain a connection from the pool within 5.000 seconds (waited 5.004 seconds); all pooled connections were in use',
        'could not obtain a connection from the pool within 10.000 seconds (waited 10.013 seconds); all pooled connections were in use',
      ],
    ],
  },
  {
    name: 'Hibernate',
    troubles: [
      [
        'could not execute statement [ERROR: duplicate key value violates unique constraint "uk_users_email"\n  Detail: Key (email)=(ann@example.com) already exists.] [insert into users (email,id) values (?,?)]',
        'could not execute statement [ERROR: duplicate key value violates unique constraint "uk_users_email"\n  Detail: Key (email)=(bob) already exists.] [insert into users (email,id) values (?,?)]',
      ],
      [
        'could not execute statement [ERROR: duplicate key value violates unique constraint "uk_orders_no"\n  Detail: Key (no)=(7) already exists.] [insert into orders (no,id) values (?,?)]',
      ],
      [
        'Row was updated or deleted by another transaction (or unsaved-value mapping was incorrect) : [com.shop.Order#8123]',
        'Row was updated or deleted by another transaction (or unsaved-value mapping was incorrect) : [com.shop.Order#99]',
      ],
      [
        'Row was updated or deleted by another transaction (or unsaved-value mapping was incorrect) : [com.shop.User#99]',
      ],
      ['Unable to find com.shop.Order with id 42', 'Unable to find com.shop.Order with id 4711'],
      [
        'failed to lazily initialize a collection of role: com.shop.User.orders: could not initialize proxy - no Session',
      ],
      [
        'failed to lazily initialize a collection of role: com.shop.User.carts: could not initialize proxy - no Session',
      ],
    ],
  },
];
