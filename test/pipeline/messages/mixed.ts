import type { MessageGroup } from './group.ts';

/** Databases, queues and clouds once more: written when the rules stood, to see how far they reach. */
export const MIXED: readonly MessageGroup[] = [
  {
    name: 'Drizzle',
    troubles: [
      [
        'Failed query: select "id", "email" from "users" where "users"."id" = $1\nparams: 42',
        'Failed query: select "id", "email" from "users" where "users"."id" = $1\nparams: ann,4711',
      ],
      ['Failed query: select "id", "email" from "orders" where "orders"."id" = $1\nparams: 42'],
    ],
  },
  {
    name: 'PostgREST, Meilisearch',
    troubles: [
      ["Could not find the 'nickname' column of 'users' in the schema cache"],
      ["Could not find the 'birthday' column of 'users' in the schema cache"],
      ["Could not find the 'nickname' column of 'carts' in the schema cache"],
      ['Index `movies` not found.'],
      ['Index `books` not found.'],
    ],
  },
  {
    name: 'Playwright',
    troubles: [
      [
        "locator.click: Timeout 30000ms exceeded.\nCall log:\n  - waiting for getByRole('button', { name: 'Buy' })",
        "locator.click: Timeout 5000ms exceeded.\nCall log:\n  - waiting for getByRole('button', { name: 'Buy' })",
      ],
      ["locator.click: Timeout 30000ms exceeded.\nCall log:\n  - waiting for getByRole('button', { name: 'Sell' })"],
    ],
  },
  {
    name: 'Envoy',
    troubles: [
      [
        'upstream connect error or disconnect/reset before headers. reset reason: connection failure, transport failure reason: delayed connect error: 111',
      ],
      ['upstream connect error or disconnect/reset before headers. reset reason: connection termination'],
      ['no healthy upstream'],
    ],
  },
  {
    name: 'Prisma: codes and replicas',
    troubles: [
      [
        "P1001: Can't reach database server at `db-1.internal`:`5432`",
        "P1001: Can't reach database server at `db-2.internal`:`5432`",
      ],
      ["P1001: Can't reach database server at `reports-1.internal`:`5432`"],
      ['P1002: The database server was reached but timed out.'],
    ],
  },
  {
    name: 'lines of logfmt',
    troubles: [
      [
        'level=error ts=2026-11-03T04:05:06Z caller=db.go:42 msg="query failed" err="pq: deadlock detected" user=ann',
        'level=error ts=2026-11-04T14:15:16.789Z caller=db.go:57 msg="query failed" err="pq: deadlock detected" user=bob',
      ],
      [
        'level=error ts=2026-11-03T04:05:06Z caller=db.go:42 msg="query failed" err="pq: sorry, too many clients already" user=ann',
      ],
      ['level=error ts=2026-11-03T04:05:06Z caller=db.go:42 msg="connect failed" err="pq: deadlock detected" user=ann'],
    ],
  },
  {
    name: 'lines of JSON',
    troubles: [
      [
        '{"level":"error","time":1762142706789,"pid":4711,"hostname":"api-7d4b9c6f5-x2k9p","customer":"Ann","msg":"boom"}',
        '{"level":"error","time":1762142999001,"pid":12,"hostname":"api-66c5d8f7b9-9q4zt","customer":"bob","msg":"boom"}',
      ],
      [
        '{"level":"error","time":1762142706789,"pid":4711,"hostname":"api-7d4b9c6f5-x2k9p","customer":"Ann","msg":"bang"}',
      ],
    ],
  },
  {
    name: 'Ansible and SSH',
    troubles: [
      [
        'ssh: connect to host db03.internal port 22: Connection refused',
        'ssh: connect to host db04.internal port 22: Connection refused',
      ],
      ['ssh: connect to host web03.internal port 22: Connection refused'],
      [
        'fatal: [db03.internal]: UNREACHABLE! => {"changed": false, "msg": "Failed to connect to the host via ssh: ssh: connect to host 10.0.0.5 port 22: Connection timed out", "unreachable": true}',
        'fatal: [db04.internal]: UNREACHABLE! => {"changed": false, "msg": "Failed to connect to the host via ssh: ssh: connect to host 10.0.0.6 port 22: Connection timed out", "unreachable": true}',
      ],
    ],
  },
  {
    name: 'Prometheus',
    troubles: [
      ['Instance node-7.example.com:9100 of job node is down', 'Instance node-8.example.com:9100 of job node is down'],
      ['Instance node-7.example.com:9100 of job disks is down'],
      ['High memory usage on web-01 (93%)', 'High memory usage on web-02 (91.5%)'],
      ['High memory usage on db-01 (93%)'],
    ],
  },
  {
    name: 'Symfony and WordPress',
    troubles: [
      [
        'An exception occurred in the driver: SQLSTATE[HY000] [2002] php_network_getaddresses: getaddrinfo for db03 failed: Name or service not known',
        'An exception occurred in the driver: SQLSTATE[HY000] [2002] php_network_getaddresses: getaddrinfo for db04 failed: Name or service not known',
      ],
      [
        'An exception occurred in the driver: SQLSTATE[HY000] [2002] php_network_getaddresses: getaddrinfo for cache03 failed: Name or service not known',
      ],
      [
        "WordPress database error Table 'wp.wp_options' doesn't exist for query SELECT option_value FROM wp_options WHERE option_name = 'siteurl' LIMIT 1",
        "WordPress database error Table 'wp.wp_options' doesn't exist for query SELECT option_value FROM wp_options WHERE option_name = 'home' LIMIT 1",
      ],
      [
        "WordPress database error Table 'wp.wp_posts' doesn't exist for query SELECT option_value FROM wp_posts WHERE option_name = 'siteurl' LIMIT 1",
      ],
    ],
  },
  {
    name: 'directories and tokens',
    troubles: [
      ['80090308: LdapErr: DSID-0C090446, comment: AcceptSecurityContext error, data 52e, v4563'],
      ['80090308: LdapErr: DSID-0C090446, comment: AcceptSecurityContext error, data 775, v4563'],
      [
        "IDX10223: Lifetime validation failed. The token is expired. ValidTo (UTC): '11/3/2026 4:05:06 AM', Current time (UTC): '11/3/2026 5:05:06 AM'.",
        "IDX10223: Lifetime validation failed. The token is expired. ValidTo (UTC): '12/24/2026 14:15:16', Current time (UTC): '12/24/2026 18:00:00'.",
      ],
      ['invalid_grant'],
      ['invalid_client'],
    ],
  },
  {
    name: 'Ecto and Laravel',
    troubles: [
      [
        'expected at most one result but got 2 in query:\n\nfrom u0 in Shop.User,\n  where: u0.email == ^"ann@example.com",\n  select: u0\n',
        'expected at most one result but got 17 in query:\n\nfrom u0 in Shop.User,\n  where: u0.email == ^"bob",\n  select: u0\n',
      ],
      [
        'expected at most one result but got 2 in query:\n\nfrom o0 in Shop.Order,\n  where: o0.email == ^"ann@example.com",\n  select: o0\n',
      ],
      ['Target class [App\\Http\\Controllers\\CartController] does not exist.'],
      ['Target class [App\\Http\\Controllers\\UserController] does not exist.'],
    ],
  },
  {
    name: 'AMQP of Java, Cloudflare',
    troubles: [
      [
        'connection error; protocol method: #method<connection.close>(reply-code=320, reply-text=CLOSED, class-id=0, method-id=0)',
      ],
      [
        'connection error; protocol method: #method<connection.close>(reply-code=501, reply-text=CLOSED, class-id=0, method-id=0)',
      ],
      ['error code: 522'],
      ['error code: 524'],
    ],
  },
  {
    name: 'lines of Kubernetes and of syslog',
    troubles: [
      [
        'E1103 04:05:06.789012 4711 reflector.go:138] failed to list *v1.Pod: Unauthorized',
        'E1224 14:15:16.000001 12 reflector.go:140] failed to list *v1.Pod: Unauthorized',
      ],
      ['E1103 04:05:06.789012 4711 reflector.go:138] failed to list *v1.Node: Unauthorized'],
      [
        'Nov  3 04:05:06 db03 sshd[4711]: error: kex_exchange_identification: Connection closed by remote host',
        'Dec 24 14:15:16 db04 sshd[12]: error: kex_exchange_identification: Connection closed by remote host',
      ],
      ['Nov  3 04:05:06 web03 sshd[4711]: error: kex_exchange_identification: Connection closed by remote host'],
    ],
  },
  {
    name: 'results of system calls, codes of JSON-RPC',
    troubles: [
      ['usb 1-1: device descriptor read/64, error -110', 'usb 2-4: device descriptor read/8, error -110'],
      ['usb 1-1: device descriptor read/64, error -71'],
      [
        '{"jsonrpc":"2.0","error":{"code":-32603,"message":"Internal error"},"id":17}',
        '{"jsonrpc":"2.0","error":{"code":-32603,"message":"Internal error"},"id":"a-9"}',
      ],
      ['{"jsonrpc":"2.0","error":{"code":-32000,"message":"Internal error"},"id":17}'],
      ['SQLCODE=-803, SQLSTATE=23505, SQLERRMC=2;SHOP.USERS'],
      ['SQLCODE=-530, SQLSTATE=23503, SQLERRMC=2;SHOP.USERS'],
    ],
  },
  {
    name: 'money and accounts',
    troubles: [
      ['Amount €1,204.50 exceeds the limit of €1,000.00', 'Amount €12 exceeds the limit of €5'],
      ['Amount $5 exceeds the limit of $3'],
      ['IBAN DE89 3704 0044 0532 0130 00 is not valid', 'IBAN FR7630006000011234567890189 is not valid'],
      ['Could not send a message to +49 151 12345678', 'Could not send a message to +15005550001'],
    ],
  },
];
