import type { MessageGroup } from './group.ts';

/** Go, Rust, Erlang and Elixir. */
export const COMPILED: readonly MessageGroup[] = [
  {
    name: 'Go: dial and read',
    troubles: [
      ['dial tcp 10.0.0.5:5432: connect: connection refused', 'dial tcp 10.0.0.77:5432: connect: connection refused'],
      ['dial tcp 10.0.0.5:6379: connect: connection refused'],
      [
        'dial tcp: lookup db.internal on 10.96.0.10:53: no such host',
        'dial tcp: lookup db.internal on 10.96.0.99:53: no such host',
      ],
      ['dial tcp: lookup cache.internal on 10.96.0.10:53: no such host'],
      ['read tcp 10.0.0.4:51522->10.0.0.5:5432: i/o timeout', 'read tcp 10.0.0.9:40001->10.0.0.7:5432: i/o timeout'],
      ['read tcp 10.0.0.4:51522->10.0.0.5:5432: read: connection reset by peer'],
    ],
  },
  {
    name: 'Go: HTTP, gRPC, TLS',
    troubles: [
      [
        'Get "https://api.example.com/v1/users/17": context deadline exceeded',
        'Get "https://api.example.com/v1/users/4711": context deadline exceeded',
      ],
      ['Get "https://api.example.com/v1/orders/17": context deadline exceeded'],
      ['Post "https://api.example.com/v1/users/17": context deadline exceeded'],
      [
        'rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial tcp 10.96.0.12:50051: connect: connection refused"',
        'rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial tcp 10.96.7.1:50051: connect: connection refused"',
      ],
      ['rpc error: code = DeadlineExceeded desc = context deadline exceeded'],
      ['x509: certificate signed by unknown authority'],
      ['x509: certificate is valid for *.example.org, not api.example.com'],
      ['x509: certificate is valid for *.example.org, not auth.example.com'],
    ],
  },
  {
    name: 'Go: values and panics',
    troubles: [
      ['runtime error: index out of range [5] with length 3', 'runtime error: index out of range [0] with length 0'],
      ['runtime error: invalid memory address or nil pointer dereference'],
      ['json: cannot unmarshal string into Go struct field Order.total of type float64'],
      ['json: cannot unmarshal string into Go struct field Order.qty of type float64'],
      ["invalid character '<' looking for beginning of value"],
      ["invalid character '}' looking for beginning of value"],
      ['strconv.ParseInt: parsing "12x": invalid syntax', 'strconv.ParseInt: parsing "": invalid syntax'],
      ['open /etc/shop/config.yml: no such file or directory'],
      ['open /etc/shop/tls.crt: no such file or directory'],
    ],
  },
  {
    name: 'Rust',
    troubles: [
      [
        'called `Result::unwrap()` on an `Err` value: Os { code: 2, kind: NotFound, message: "No such file or directory" }',
      ],
      [
        'called `Result::unwrap()` on an `Err` value: Os { code: 13, kind: PermissionDenied, message: "Permission denied" }',
      ],
      ['index out of bounds: the len is 3 but the index is 5', 'index out of bounds: the len is 0 but the index is 0'],
      [
        "thread 'main' panicked at src/main.rs:42:10:\nno config",
        "thread 'main' panicked at src/main.rs:57:5:\nno config",
      ],
      ["thread 'main' panicked at src/db.rs:42:10:\nno config"],
      [
        'error sending request for url (https://api.example.com/v1/users/17): error trying to connect: tcp connect error: Connection refused (os error 111)',
        'error sending request for url (https://api.example.com/v1/users/4711): error trying to connect: tcp connect error: Connection refused (os error 111)',
      ],
      ['tcp connect error (os error 111)'],
      ['tcp connect error (os error 110)'],
    ],
  },
  {
    name: 'serde',
    troubles: [
      ['missing field `email` at line 1 column 42', 'missing field `email` at line 12 column 3'],
      ['missing field `name` at line 1 column 42'],
      [
        'invalid type: string "abc", expected u64 at line 1 column 12',
        'invalid type: string "n/a", expected u64 at line 7 column 2',
      ],
      ['invalid type: string "abc", expected f32 at line 1 column 12'],
    ],
  },
  {
    name: 'Erlang and Elixir',
    troubles: [
      [
        'connection not available and request was dropped from queue after 2734ms. This means requests are coming in and your connection pool cannot serve them fast enough.',
        'connection not available and request was dropped from queue after 51ms. This means requests are coming in and your connection pool cannot serve them fast enough.',
      ],
      ['no function clause matching in Shop.Cart.add/2'],
      ['no function clause matching in Shop.Cart.total/1'],
      ['GenServer #PID<0.1234.0> terminating', 'GenServer #PID<0.7.0> terminating'],
    ],
  },
];
