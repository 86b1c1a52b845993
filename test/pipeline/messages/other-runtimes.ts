import type { MessageGroup } from './group.ts';

/** Java and what runs on its machine, .NET. */
export const OTHER_RUNTIMES: readonly MessageGroup[] = [
  {
    name: 'Java: null and casts',
    troubles: [
      ['Cannot invoke "com.shop.User.getName()" because the return value of "com.shop.Order.getUser()" is null'],
      ['Cannot invoke "com.shop.User.getMail()" because the return value of "com.shop.Order.getUser()" is null'],
      ['Cannot invoke "com.shop.User.getName()" because "user" is null'],
      [
        "class java.lang.Integer cannot be cast to class java.lang.String (java.lang.Integer and java.lang.String are in module java.base of loader 'bootstrap')",
      ],
      [
        "class java.lang.Long cannot be cast to class java.lang.String (java.lang.Long and java.lang.String are in module java.base of loader 'bootstrap')",
      ],
    ],
  },
  {
    name: 'Java: values',
    troubles: [
      ['Index 5 out of bounds for length 3', 'Index 0 out of bounds for length 0'],
      ['For input string: "12a"', 'For input string: "drei"', 'For input string: ""'],
      ['Object com.shop.Job@1b6d3586 is closed', 'Object com.shop.Job@deadbeef is closed'],
      ['Object com.shop.Mail@1b6d3586 is closed'],
      ['No enum constant com.shop.Status.OPNE'],
    ],
  },
  {
    name: 'Java: memory',
    troubles: [
      ['Java heap space'],
      ['GC overhead limit exceeded'],
      ['Metaspace'],
      ['unable to create native thread: possibly out of memory or process/resource limits reached'],
    ],
  },
  {
    name: 'Java: sockets',
    troubles: [
      ['Read timed out'],
      ['Connection reset'],
      [
        'Connect to api.example.com:443 [api.example.com/93.184.216.34] failed: Connect timed out',
        'Connect to api.example.com:443 [api.example.com/93.184.216.99] failed: Connect timed out',
      ],
      ['Connect to auth.example.com:443 [auth.example.com/93.184.216.34] failed: Connect timed out'],
      ['Connection refused: db.internal/10.0.0.5:5432', 'Connection refused: db.internal/10.0.0.7:5432'],
      ['Connection refused: reports.internal/10.0.0.5:5432'],
      [
        'HikariPool-1 - Connection is not available, request timed out after 30000ms (total=10, active=10, idle=0, waiting=3)',
        'HikariPool-1 - Connection is not available, request timed out after 30012ms (total=20, active=20, idle=0, waiting=117)',
      ],
    ],
  },
  {
    name: 'Spring',
    troubles: [
      [
        "No qualifying bean of type 'com.shop.OrderRepository' available: expected at least 1 bean which qualifies as autowire candidate.",
      ],
      [
        "No qualifying bean of type 'com.shop.UserRepository' available: expected at least 1 bean which qualifies as autowire candidate.",
      ],
      [`Could not resolve placeholder 'db.url' in value "\${db.url}"`],
      [`Could not resolve placeholder 'mail.host' in value "\${mail.host}"`],
      ["Required request parameter 'page' for method parameter type int is not present"],
      ["Required request parameter 'size' for method parameter type int is not present"],
      ["Request method 'POST' is not supported"],
      ["Request method 'PUT' is not supported"],
      [
        'Web server failed to start. Port 8080 was already in use.',
        'Web server failed to start. Port 9090 was already in use.',
      ],
    ],
  },
  {
    name: 'Jackson',
    troubles: [
      [
        `Unexpected character ('<' (code 60)): expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')\n at [Source: (String)"<html><head>"; line: 1, column: 2]`,
        `Unexpected character ('<' (code 60)): expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')\n at [Source: (String)"<!DOCTYPE h"; line: 3, column: 12]`,
      ],
      [
        `Unexpected character ('}' (code 125)): expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')\n at [Source: (String)"{"; line: 1, column: 2]`,
      ],
      [
        'Unrecognized field "colour" (class com.shop.UserDto), not marked as ignorable (3 known properties: "id", "name", "email"])\n at [Source: (String)"{"colour":1}"; line: 1, column: 12] (through reference chain: com.shop.UserDto["colour"])',
        'Unrecognized field "colour" (class com.shop.UserDto), not marked as ignorable (3 known properties: "id", "name", "email"])\n at [Source: (String)"{"id":7,"colour":"red"}"; line: 1, column: 19] (through reference chain: com.shop.UserDto["colour"])',
      ],
      [
        'Unrecognized field "size" (class com.shop.UserDto), not marked as ignorable (3 known properties: "id", "name", "email"])\n at [Source: (String)"{"size":1}"; line: 1, column: 12] (through reference chain: com.shop.UserDto["size"])',
      ],
      [
        'Cannot deserialize value of type `java.lang.Integer` from String "abc": not a valid `java.lang.Integer` value',
        'Cannot deserialize value of type `java.lang.Integer` from String "1,5": not a valid `java.lang.Integer` value',
      ],
      ['Cannot deserialize value of type `java.util.Date` from String "abc": not a valid representation'],
    ],
  },
  {
    name: '.NET: arguments and services',
    troubles: [
      ["Value cannot be null. (Parameter 'email')"],
      ["Value cannot be null. (Parameter 'name')"],
      ["Unable to resolve service for type 'Shop.IMailer' while attempting to activate 'Shop.OrderService'."],
      ["Unable to resolve service for type 'Shop.IClock' while attempting to activate 'Shop.OrderService'."],
      ["Unable to resolve service for type 'Shop.IMailer' while attempting to activate 'Shop.UserService'."],
      ["Cannot access a disposed object.\nObject name: 'ShopContext'."],
      ["Cannot access a disposed object.\nObject name: 'HttpClient'."],
      [
        'An item with the same key has already been added. Key: 4711',
        'An item with the same key has already been added. Key: ann@example.com',
      ],
    ],
  },
  {
    name: '.NET: Entity Framework and JSON',
    troubles: [
      [
        "The instance of entity type 'Order' cannot be tracked because another instance with the same key value for {'Id'} is already being tracked.",
      ],
      [
        "The instance of entity type 'User' cannot be tracked because another instance with the same key value for {'Id'} is already being tracked.",
      ],
      [
        'The JSON value could not be converted to System.Int32. Path: $.items[3].qty | LineNumber: 0 | BytePositionInLine: 42.',
        'The JSON value could not be converted to System.Int32. Path: $.items[17].qty | LineNumber: 2 | BytePositionInLine: 7.',
      ],
      [
        'The JSON value could not be converted to System.Int32. Path: $.items[3].price | LineNumber: 0 | BytePositionInLine: 42.',
      ],
      ['40P01: deadlock detected'],
      ['40001: could not serialize access due to concurrent update'],
    ],
  },
  {
    name: '.NET: network and assemblies',
    troubles: [
      ['Response status code does not indicate success: 404 (Not Found).'],
      ['Response status code does not indicate success: 500 (Internal Server Error).'],
      ['No connection could be made because the target machine actively refused it. (db.internal:5432)'],
      ['No connection could be made because the target machine actively refused it. (cache.internal:6379)'],
      [
        'The request was canceled due to the configured HttpClient.Timeout of 100 seconds elapsing.',
        'The request was canceled due to the configured HttpClient.Timeout of 2.5 seconds elapsing.',
      ],
      [
        "Could not load file or assembly 'Newtonsoft.Json, Version=13.0.0.0, Culture=neutral, PublicKeyToken=30ad4fe6b2a6aeed'. The system cannot find the file specified.",
        "Could not load file or assembly 'Newtonsoft.Json, Version=12.0.0.0, Culture=neutral, PublicKeyToken=30ad4fe6b2a6aeed'. The system cannot find the file specified.",
      ],
      [
        "Could not load file or assembly 'Serilog, Version=2.0.0.0, Culture=neutral, PublicKeyToken=24c2f752a8e58a10'. The system cannot find the file specified.",
      ],
    ],
  },
];
