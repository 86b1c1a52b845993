import type { MessageGroup } from './group.ts';

/** Sockets, DNS, TLS, and the HTTP clients of Node. */
export const NETWORK: readonly MessageGroup[] = [
  {
    name: 'sockets',
    troubles: [
      [
        'connect EHOSTUNREACH 10.0.0.5:8443 - Local (10.0.0.9:51422)',
        'connect EHOSTUNREACH 10.0.7.1:8443 - Local (10.0.0.8:40001)',
      ],
      [
        'connect ENETUNREACH 2a00:1450:4001:82a::200e:443 - Local (:::0)',
        'connect ENETUNREACH 2606:4700::6812:1a2b:443 - Local (:::0)',
      ],
      ['write EPIPE'],
      ['read ECONNRESET'],
      ['socket hang up'],
      ['connect EADDRNOTAVAIL 10.0.0.5:443 - Local (10.0.0.7:0)'],
    ],
  },
  {
    name: 'a port of its own',
    troubles: [
      ['listen EACCES: permission denied 0.0.0.0:80', 'listen EACCES: permission denied 0.0.0.0:443'],
      ['listen EADDRINUSE: address already in use :::3000', 'listen EADDRINUSE: address already in use :::3001'],
      ['listen EADDRINUSE: address already in use /run/shop.sock'],
    ],
  },
  {
    name: 'DNS',
    troubles: [
      ['getaddrinfo ENOTFOUND postgres-primary'],
      ['getaddrinfo ENOTFOUND redis'],
      ['getaddrinfo EAI_AGAIN redis'],
      ['queryA ETIMEOUT api.stripe.com'],
      ['querySrv ENOTFOUND _mongodb._tcp.shop.ab1cd.mongodb.net'],
      ['querySrv ECONNREFUSED _mongodb._tcp.shop.ab1cd.mongodb.net'],
      ['querySrv ECONNREFUSED _mongodb._tcp.billing.ab1cd.mongodb.net'],
    ],
  },
  {
    name: 'certificates',
    troubles: [
      ['unable to verify the first certificate'],
      ['self-signed certificate in certificate chain'],
      ['certificate has expired'],
      ['Client network socket disconnected before secure TLS connection was established'],
    ],
  },
  {
    name: 'certificates of another host',
    troubles: [
      [
        "Hostname/IP does not match certificate's altnames: Host: api.example.com. is not in the cert's altnames: DNS:*.example.org, DNS:example.org",
      ],
      [
        "Hostname/IP does not match certificate's altnames: Host: auth.example.com. is not in the cert's altnames: DNS:*.example.org, DNS:example.org",
      ],
      [
        "Hostname/IP does not match certificate's altnames: IP: 10.0.0.5 is not in the cert's list: ",
        "Hostname/IP does not match certificate's altnames: IP: 10.0.0.6 is not in the cert's list: ",
      ],
    ],
  },
  {
    name: 'undici',
    troubles: [
      [
        'Connect Timeout Error (attempted address: api.stripe.com:443, timeout: 10000ms)',
        'Connect Timeout Error (attempted address: api.stripe.com:443, timeout: 5000ms)',
      ],
      ['Connect Timeout Error (attempted address: api.github.com:443, timeout: 10000ms)'],
      [
        'Connect Timeout Error (attempted addresses: 104.18.2.3:443, 104.18.3.3:443, timeout: 10000ms)',
        'Connect Timeout Error (attempted addresses: 93.184.216.34:443, timeout: 10000ms)',
      ],
      ['Headers Timeout Error'],
      ['Body Timeout Error'],
      ['other side closed'],
      ['fetch failed'],
      ['Response does not match the HTTP/1.1 protocol (Invalid header token)'],
    ],
  },
  {
    name: 'fetch and relative URLs',
    troubles: [
      ['Failed to parse URL from /api/users/12', 'Failed to parse URL from /api/users/99'],
      ['Failed to parse URL from /api/orders/12'],
    ],
  },
  {
    name: 'axios',
    troubles: [
      ['Request failed with status code 404'],
      ['Request failed with status code 429'],
      ['timeout of 5000ms exceeded', 'timeout of 0.5s exceeded'],
      ['maxContentLength size of 2000 exceeded', 'maxContentLength size of 10485760 exceeded'],
      ['Maximum number of redirects exceeded'],
      ['stream has been aborted'],
    ],
  },
  {
    name: 'got names the phase',
    troubles: [
      ["Timeout awaiting 'request' for 5000ms", "Timeout awaiting 'request' for 10000ms"],
      ["Timeout awaiting 'connect' for 5000ms", "Timeout awaiting 'connect' for 1000ms"],
      ["Timeout awaiting 'lookup' for 5000ms"],
      ['Response code 429 (Too Many Requests)'],
      ['Response code 403 (Forbidden)'],
      ['Redirected 10 times. Aborting.', 'Redirected 5 times. Aborting.'],
    ],
  },
  {
    name: 'node-fetch gives a reason',
    troubles: [
      [
        'request to https://api.example.com/v1/users/17?x=1 failed, reason: connect ECONNREFUSED 10.0.0.1:443',
        'request to https://api.example.com/v1/users/9120 failed, reason: connect ECONNREFUSED 10.0.0.2:443',
      ],
      ['request to https://api.example.com/v1/users/17 failed, reason: socket hang up'],
      ['request to https://auth.example.com/v1/users/17 failed, reason: socket hang up'],
      [
        'invalid json response body at https://api.example.com/v1/users/17 reason: Unexpected token < in JSON at position 0',
        'invalid json response body at https://api.example.com/v1/users/18 reason: Unexpected token < in JSON at position 1',
      ],
      [
        'network timeout at: https://api.example.com/v1/users/8',
        'network timeout at: https://api.example.com/v1/users/9',
      ],
    ],
  },
  {
    name: 'ky and superagent',
    troubles: [
      ['Request failed with status code 500 Internal Server Error: POST https://api.example.com/v1/orders'],
      ['Request failed with status code 502 Bad Gateway: POST https://api.example.com/v1/orders'],
      ['Request failed with status code 502 Bad Gateway: POST https://api.example.com/v1/mails'],
      [
        'Request timed out: GET https://api.example.com/v1/orders/17',
        'Request timed out: GET https://api.example.com/v1/orders/4711',
      ],
    ],
  },
  {
    name: 'WebSockets',
    troubles: [
      ['Unexpected server response: 502'],
      ['Unexpected server response: 401'],
      ['WebSocket was closed before the connection was established'],
      ['Opening handshake has timed out'],
      ['Invalid WebSocket frame: invalid status code 1005'],
      ['Invalid WebSocket frame: RSV1 must be clear'],
    ],
  },
  {
    name: 'HTTP parser and HTTP/2',
    troubles: [
      ['Parse Error: Invalid header value char'],
      ['Parse Error: Expected HTTP/'],
      ['Stream closed with error code NGHTTP2_REFUSED_STREAM'],
      ['Stream closed with error code NGHTTP2_INTERNAL_ERROR'],
      ['Session closed with error code 2'],
      ['Session closed with error code 7'],
    ],
  },
  {
    name: 'mail: the login',
    troubles: [
      [
        'Invalid login: 535-5.7.8 Username and Password not accepted. Learn more at https://support.google.com/mail/?p=BadCredentials 4fb4d7f45d1cf-5c9b4a7de1fsm1234567edp.12 - gsmtp',
        'Invalid login: 535-5.7.8 Username and Password not accepted. Learn more at https://support.google.com/mail/?p=BadCredentials 5b1f17b1804b1-42a1fe2d3c4sm98765wmb.3 - gsmtp',
      ],
      ['Invalid login: 534-5.7.9 Application-specific password required.'],
      ['Greeting never received'],
    ],
  },
  {
    name: 'mail: the recipient and the code',
    troubles: [
      [
        "Can't send mail - all recipients were rejected: 550 5.1.1 <ann@example.com>: Recipient address rejected: User unknown in virtual mailbox table",
        "Can't send mail - all recipients were rejected: 550 5.1.1 <bob@example.org>: Recipient address rejected: User unknown in virtual mailbox table",
      ],
      [
        "Can't send mail - all recipients were rejected: 450 4.2.0 <ann@example.com>: Recipient address rejected: Greylisted",
      ],
      ['Message failed: 552 5.3.4 Message size exceeds fixed limit'],
      ['Message failed: 554 5.7.1 Message rejected'],
      ['Message failed: 554 5.6.0 Message rejected'],
    ],
  },
  {
    name: 'gRPC in Node',
    troubles: [
      [
        '14 UNAVAILABLE: No connection established. Last error: connect ECONNREFUSED 10.0.0.4:50051 (2026-11-03T04:05:06.789Z)',
        '14 UNAVAILABLE: No connection established. Last error: connect ECONNREFUSED 10.0.0.5:50051 (2026-11-04T01:00:00.001Z)',
      ],
      ['14 UNAVAILABLE: Name resolution failed for target dns:payments:50051'],
      ['14 UNAVAILABLE: Name resolution failed for target dns:mails:50051'],
      ['13 INTERNAL: Received RST_STREAM with code 2 (Internal server error)'],
      ['13 INTERNAL: Received RST_STREAM with code 0'],
      [
        '8 RESOURCE_EXHAUSTED: Received message larger than max (5242880 vs. 4194304)',
        '8 RESOURCE_EXHAUSTED: Received message larger than max (99999999 vs. 4194304)',
      ],
    ],
  },
  {
    name: 'GraphQL: values and places',
    troubles: [
      [
        'Variable "$input" got invalid value "abc" at "input.age"; Int cannot represent non-integer value: "abc"',
        'Variable "$input" got invalid value "12x" at "input.age"; Int cannot represent non-integer value: "12x"',
      ],
      ['Variable "$input" got invalid value "abc" at "input.price"; Int cannot represent non-integer value: "abc"'],
      ['Variable "$id" of required type "ID!" was not provided.'],
      ['Variable "$slug" of required type "ID!" was not provided.'],
    ],
  },
  {
    name: 'GraphQL: schema',
    troubles: [
      ['Cannot return null for non-nullable field User.email.'],
      ['Cannot return null for non-nullable field User.name.'],
      ['Unknown argument "limit" on field "Query.users".'],
      ['Unknown argument "offset" on field "Query.users".'],
      ['Unknown type "Foo".'],
      ['Expected Iterable, but did not find one for field "Query.users".'],
      ['Syntax Error: Expected Name, found "}".'],
      ['Syntax Error: Expected Name, found "(".'],
      [
        'Query is too complex: 1043. Maximum allowed complexity: 1000',
        'Query is too complex: 2. Maximum allowed complexity: 1',
      ],
    ],
  },
];
