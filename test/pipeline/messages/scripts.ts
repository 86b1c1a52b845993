import type { MessageGroup } from './group.ts';

/** Python, Ruby, PHP. */
export const SCRIPTS: readonly MessageGroup[] = [
  {
    name: 'Python: attributes and operands',
    troubles: [
      ["'NoneType' object has no attribute 'id'"],
      ["'NoneType' object has no attribute 'email'"],
      ["'dict' object has no attribute 'id'"],
      ["unsupported operand type(s) for +: 'int' and 'str'"],
      ["unsupported operand type(s) for +: 'NoneType' and 'str'"],
      ["object of type 'NoneType' has no len()"],
      ["object of type 'int' has no len()"],
    ],
  },
  {
    name: 'Python: arguments and keys',
    troubles: [
      ["charge() missing 1 required positional argument: 'amount'"],
      ["charge() missing 1 required positional argument: 'currency'"],
      ["charge() got an unexpected keyword argument 'amount'"],
      ["'user_id'"],
      ["'order_id'"],
      ["No module named 'shop.mail'"],
      ["No module named 'shop.cart'"],
      ["cannot import name 'Cart' from 'shop.models' (/app/shop/models.py)"],
      ["cannot import name 'Order' from 'shop.models' (/app/shop/models.py)"],
    ],
  },
  {
    name: 'Python: values',
    troubles: [
      [
        "invalid literal for int() with base 10: 'abc'",
        "invalid literal for int() with base 10: '12.5'",
        `invalid literal for int() with base 10: "it's"`,
      ],
      ["could not convert string to float: 'abc'", "could not convert string to float: ''"],
      ["time data '2026-13-01' does not match format '%Y-%m-%d'", "time data 'soon' does not match format '%Y-%m-%d'"],
      ["time data '12' does not match format '%H:%M'"],
    ],
  },
  {
    name: 'Python: encodings',
    troubles: [
      [
        "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte",
        "'utf-8' codec can't decode byte 0xfe in position 1204: invalid start byte",
      ],
      ["'ascii' codec can't decode byte 0xff in position 0: ordinal not in range(128)"],
      ["'utf-8' codec can't decode byte 0xc3 in position 9: unexpected end of data"],
    ],
  },
  {
    name: 'Python: requests and urllib3',
    troubles: [
      [
        "HTTPSConnectionPool(host='api.example.com', port=443): Max retries exceeded with url: /v1/users/17 (Caused by NewConnectionError('<urllib3.connection.HTTPSConnection object at 0x7f3a2b1c9d0e>: Failed to establish a new connection: [Errno 111] Connection refused'))",
        "HTTPSConnectionPool(host='api.example.com', port=443): Max retries exceeded with url: /v1/users/4711 (Caused by NewConnectionError('<urllib3.connection.HTTPSConnection object at 0x7fffab1c9d0e>: Failed to establish a new connection: [Errno 111] Connection refused'))",
      ],
      [
        "HTTPSConnectionPool(host='api.example.com', port=443): Max retries exceeded with url: /v1/users/17 (Caused by NewConnectionError('<urllib3.connection.HTTPSConnection object at 0x7f3a2b1c9d0e>: Failed to establish a new connection: [Errno -2] Name or service not known'))",
      ],
      [
        "HTTPSConnectionPool(host='auth.example.com', port=443): Max retries exceeded with url: /v1/users/17 (Caused by NewConnectionError('<urllib3.connection.HTTPSConnection object at 0x7f3a2b1c9d0e>: Failed to establish a new connection: [Errno 111] Connection refused'))",
      ],
      [
        "HTTPSConnectionPool(host='api.example.com', port=443): Read timed out. (read timeout=5)",
        "HTTPSConnectionPool(host='api.example.com', port=443): Read timed out. (read timeout=2.5)",
      ],
      [
        '503 Server Error: Service Unavailable for url: https://api.example.com/v1/users/17',
        '503 Server Error: Service Unavailable for url: https://api.example.com/v1/users/4711',
      ],
      ['502 Server Error: Bad Gateway for url: https://api.example.com/v1/users/17'],
    ],
  },
  {
    name: 'Python: files and processes',
    troubles: [
      [
        "[Errno 2] No such file or directory: '/data/in/8123.csv'",
        "[Errno 2] No such file or directory: '/data/in/4711.csv'",
      ],
      ["[Errno 13] Permission denied: '/data/in/8123.csv'"],
      ["[Errno 2] No such file or directory: '/etc/shop/config.yml'"],
      ["Command '['pg_dump', 'shop']' returned non-zero exit status 1."],
      ["Command '['pg_dump', 'shop']' died with <Signals.SIGKILL: 9>."],
    ],
  },
  {
    name: 'Python: servers and tasks',
    troubles: [
      [
        '[2026-11-03 04:05:06 +0000] [12] [CRITICAL] WORKER TIMEOUT (pid:4711)',
        '[2026-11-04 14:15:16 +0000] [7] [CRITICAL] WORKER TIMEOUT (pid:9)',
      ],
      [
        'Worker (pid:4711) was sent SIGKILL! Perhaps out of memory?',
        'Worker (pid:12) was sent SIGKILL! Perhaps out of memory?',
      ],
      [
        "Task was destroyed but it is pending!\ntask: <Task pending name='Task-12' coro=<poll() running at /app/poll.py:42>>",
        "Task was destroyed but it is pending!\ntask: <Task pending name='Task-4711' coro=<poll() running at /app/poll.py:57>>",
      ],
      [
        "Task was destroyed but it is pending!\ntask: <Task pending name='Task-12' coro=<send() running at /app/mail.py:42>>",
      ],
    ],
  },
  {
    name: 'Python: pydantic',
    troubles: [
      [
        "1 validation error for User\nage\n  Input should be a valid integer, unable to parse string as an integer [type=int_parsing, input_value='abc', input_type=str]\n    For further information visit https://errors.pydantic.dev/2.5/v/int_parsing",
        "1 validation error for User\nage\n  Input should be a valid integer, unable to parse string as an integer [type=int_parsing, input_value='zwölf', input_type=str]\n    For further information visit https://errors.pydantic.dev/2.5/v/int_parsing",
      ],
      [
        "1 validation error for User\nsize\n  Input should be a valid integer, unable to parse string as an integer [type=int_parsing, input_value='abc', input_type=str]\n    For further information visit https://errors.pydantic.dev/2.5/v/int_parsing",
      ],
      [
        "1 validation error for Order\nage\n  Input should be a valid integer, unable to parse string as an integer [type=int_parsing, input_value='abc', input_type=str]\n    For further information visit https://errors.pydantic.dev/2.5/v/int_parsing",
      ],
    ],
  },
  {
    name: 'Python: Django and Jinja',
    troubles: [
      ["Reverse for 'order-detail' not found. 'order-detail' is not a valid view function or pattern name."],
      ["Reverse for 'user-detail' not found. 'user-detail' is not a valid view function or pattern name."],
      ['users/show.html'],
      ['orders/show.html'],
    ],
  },
  {
    name: 'Python: PyTorch',
    troubles: [
      [
        'CUDA out of memory. Tried to allocate 2.00 GiB (GPU 0; 15.78 GiB total capacity; 13.90 GiB already allocated; 1.01 GiB free; 14.20 GiB reserved in total by PyTorch)',
        'CUDA out of memory. Tried to allocate 512.00 MiB (GPU 0; 39.59 GiB total capacity; 38.90 GiB already allocated; 112.19 MiB free; 39.20 GiB reserved in total by PyTorch)',
      ],
      ['CUDA error: device-side assert triggered'],
    ],
  },
  {
    name: 'Ruby: methods',
    troubles: [
      ["undefined method `name' for nil:NilClass"],
      ["undefined method `email' for nil:NilClass"],
      ["undefined method 'name' for nil"],
      ["undefined method 'email' for nil"],
      [
        "undefined method `total' for #<Order:0x00007f3a2b1c9d0e>",
        "undefined method `total' for #<Order:0x0000000104b1c9d0>",
      ],
      ['wrong number of arguments (given 1, expected 2)'],
      ['uninitialized constant Shop::Mailer'],
      ['uninitialized constant Shop::Cart'],
    ],
  },
  {
    name: 'Ruby: routes, keys, files',
    troubles: [
      ['No route matches [GET] "/users/17/foo"', 'No route matches [GET] "/users/4711/foo"'],
      ['No route matches [POST] "/users/17/foo"'],
      ['key not found: :email'],
      ['key not found: :name'],
      ['cannot load such file -- shop/mail'],
      ['cannot load such file -- shop/cart'],
    ],
  },
  {
    name: 'Ruby: the network',
    troubles: [
      [
        'Failed to open TCP connection to api.example.com:443 (Connection refused - connect(2) for "api.example.com" port 443)',
      ],
      [
        'Failed to open TCP connection to auth.example.com:443 (Connection refused - connect(2) for "auth.example.com" port 443)',
      ],
      ['Net::ReadTimeout with #<TCPSocket:(closed)>'],
      ['execution expired'],
    ],
  },
  {
    name: 'PHP: keys, variables, methods',
    troubles: [
      ['Undefined array key "email"'],
      ['Undefined array key "name"'],
      ['Undefined variable $user'],
      ['Undefined variable $order'],
      ['Call to a member function getId() on null'],
      ['Call to a member function getName() on null'],
      ['Call to undefined method App\\Models\\User::total()'],
      ['Call to undefined method App\\Models\\Order::total()'],
      ['Class "App\\Services\\Mailer" not found'],
      ['Class "App\\Services\\Clock" not found'],
    ],
  },
  {
    name: 'PHP: limits',
    troubles: [
      [
        'Allowed memory size of 134217728 bytes exhausted (tried to allocate 20480 bytes)',
        'Allowed memory size of 536870912 bytes exhausted (tried to allocate 4096 bytes)',
      ],
      ['Maximum execution time of 30 seconds exceeded', 'Maximum execution time of 1 second exceeded'],
    ],
  },
  {
    name: 'PHP: PDO and Laravel',
    troubles: [
      ['SQLSTATE[HY000] [2002] Connection refused'],
      [
        "SQLSTATE[HY000] [1045] Access denied for user 'shop'@'10.0.0.5' (using password: YES)",
        "SQLSTATE[HY000] [1045] Access denied for user 'shop'@'10.0.0.9' (using password: YES)",
      ],
      ['SQLSTATE[HY000]: General error: 1205 Lock wait timeout exceeded; try restarting transaction'],
      ['SQLSTATE[HY000]: General error: 2006 MySQL server has gone away'],
      ['No query results for model [App\\Models\\Order] 42', 'No query results for model [App\\Models\\Order] 4711'],
      ['No query results for model [App\\Models\\User] 42'],
      ['Route [users.show] not defined.'],
      ['Route [orders.show] not defined.'],
    ],
  },
  {
    name: 'PHP: HTTP',
    troubles: [
      [
        'file_get_contents(https://api.example.com/v1/rates): Failed to open stream: HTTP request failed! HTTP/1.1 503 Service Unavailable',
      ],
      [
        'file_get_contents(https://api.example.com/v1/rates): Failed to open stream: HTTP request failed! HTTP/1.1 404 Not Found',
      ],
      [
        'cURL error 28: Operation timed out after 30001 milliseconds with 0 bytes received (see https://curl.haxx.se/libcurl/c/libcurl-errors.html) for https://api.example.com/v1/users/17',
        'cURL error 28: Operation timed out after 5000 milliseconds with 1204 bytes received (see https://curl.haxx.se/libcurl/c/libcurl-errors.html) for https://api.example.com/v1/users/4711',
      ],
      [
        'cURL error 6: Could not resolve host: api.example.com (see https://curl.haxx.se/libcurl/c/libcurl-errors.html) for https://api.example.com/v1/users/17',
      ],
    ],
  },
];
