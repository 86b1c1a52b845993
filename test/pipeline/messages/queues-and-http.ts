import type { MessageGroup } from './group.ts';

/** Kafka, RabbitMQ, BullMQ, NATS, Celery; and web servers in front of an application. */
export const QUEUES_AND_HTTP: readonly MessageGroup[] = [
  {
    name: 'KafkaJS',
    troubles: [
      ['Request Fetch(key: 1, version: 11) timed out', 'Request Fetch(key: 1, version: 13) timed out'],
      ['Request Produce(key: 0, version: 7) timed out'],
      ['This server does not host this topic-partition'],
      ['There is no leader for this topic-partition as we are in the middle of a leadership election'],
      ['The coordinator is not aware of this member'],
      ['The group is rebalancing, so a rejoin is needed'],
    ],
  },
  {
    name: 'librdkafka',
    troubles: [
      [
        'FAIL|rdkafka#consumer-1| [thrd:kafka-0.kafka:9092/bootstrap]: kafka-0.kafka:9092/bootstrap: Connect to ipv4#10.0.0.5:9092 failed: Connection refused (after 3ms in state CONNECT)',
        'FAIL|rdkafka#consumer-7| [thrd:kafka-2.kafka:9092/bootstrap]: kafka-2.kafka:9092/bootstrap: Connect to ipv4#10.0.0.9:9092 failed: Connection refused (after 12ms in state CONNECT)',
      ],
      [
        'FAIL|rdkafka#producer-1| [thrd:kafka-0.kafka:9092/bootstrap]: kafka-0.kafka:9092/bootstrap: Connect to ipv4#10.0.0.5:9092 failed: Connection refused (after 3ms in state CONNECT)',
      ],
      ['Broker: Offset out of range'],
      ['Local: Message timed out'],
    ],
  },
  {
    name: 'Kafka of Java',
    troubles: [
      ['Topic orders not present in metadata after 60000 ms.', 'Topic orders not present in metadata after 5000 ms.'],
      ['Topic mails not present in metadata after 60000 ms.'],
      [
        'Expiring 3 record(s) for orders-0:120000 ms has passed since batch creation',
        'Expiring 12 record(s) for orders-7:120011 ms has passed since batch creation',
      ],
      ['Expiring 3 record(s) for mails-0:120000 ms has passed since batch creation'],
      [
        'Offset commit failed on partition orders-3 at offset 8123: The coordinator is not available.',
        'Offset commit failed on partition orders-11 at offset 17: The coordinator is not available.',
      ],
    ],
  },
  {
    name: 'RabbitMQ: queues',
    troubles: [
      [`Channel closed by server: 404 (NOT-FOUND) with message "NOT_FOUND - no queue 'orders' in vhost '/'"`],
      [`Channel closed by server: 404 (NOT-FOUND) with message "NOT_FOUND - no queue 'mails' in vhost '/'"`],
      [`Channel closed by server: 404 (NOT-FOUND) with message "NOT_FOUND - no exchange 'mails' in vhost '/'"`],
      [
        `Channel closed by server: 406 (PRECONDITION-FAILED) with message "PRECONDITION_FAILED - inequivalent arg 'durable' for queue 'orders' in vhost '/': received 'true' but current is 'false'"`,
      ],
      [
        `Channel closed by server: 406 (PRECONDITION-FAILED) with message "PRECONDITION_FAILED - inequivalent arg 'x-message-ttl' for queue 'orders' in vhost '/': received none but current is the value '60000' of type 'signedint'"`,
      ],
    ],
  },
  {
    name: 'RabbitMQ: channels and connections',
    troubles: [
      [
        `Channel closed by server: 406 (PRECONDITION-FAILED) with message "PRECONDITION_FAILED - unknown delivery tag 42"`,
        `Channel closed by server: 406 (PRECONDITION-FAILED) with message "PRECONDITION_FAILED - unknown delivery tag 3"`,
      ],
      [
        `Channel closed by server: 406 (PRECONDITION-FAILED) with message "PRECONDITION_FAILED - delivery acknowledgement on channel 1 timed out. Timeout value used: 1800000 ms. This timeout value can be configured, see consumers doc guide to learn more"`,
        `Channel closed by server: 406 (PRECONDITION-FAILED) with message "PRECONDITION_FAILED - delivery acknowledgement on channel 17 timed out. Timeout value used: 900000 ms. This timeout value can be configured, see consumers doc guide to learn more"`,
      ],
      [
        `Connection closed: 320 (CONNECTION-FORCED) with message "CONNECTION_FORCED - broker forced connection closure with reason 'shutdown'"`,
      ],
      ['Heartbeat timeout'],
      ['NOT_ALLOWED - vhost shop not found'],
      ['NOT_ALLOWED - vhost billing not found'],
    ],
  },
  {
    name: 'BullMQ',
    troubles: [
      ['job stalled more than allowable limit'],
      ['Missing lock for job 8812. moveToFinished', 'Missing lock for job 9. moveToFinished'],
      ['Missing lock for job 8812. extendLock'],
      ['Missing key for job 8812. updateProgress'],
      ['could not renew lock for job 8812', 'could not renew lock for job 12'],
      ['Missing process handler for job type mail'],
      ['Missing process handler for job type invoice'],
    ],
  },
  {
    name: 'NATS',
    troubles: [
      ['Permissions Violation for Publish to "orders.created"'],
      ['Permissions Violation for Publish to "orders.deleted"'],
      ['Permissions Violation for Subscription to "orders.created"'],
      ['nats: no responders available for request'],
      [
        'nats: slow consumer, messages dropped on connection [12] for subscription on "orders.created"',
        'nats: slow consumer, messages dropped on connection [7] for subscription on "orders.created"',
      ],
      ['nats: slow consumer, messages dropped on connection [12] for subscription on "mails.created"'],
    ],
  },
  {
    name: 'Celery and Sidekiq',
    troubles: [
      [
        "Task shop.tasks.send_mail[0f8fad5b-d9cb-469f-a165-70867728950e] raised unexpected: SMTPServerDisconnected('Connection unexpectedly closed')",
        "Task shop.tasks.send_mail[7c9e6679-7425-40de-944b-e07fc1f90ae7] raised unexpected: SMTPServerDisconnected('Connection unexpectedly closed')",
      ],
      [
        "Task shop.tasks.send_invoice[0f8fad5b-d9cb-469f-a165-70867728950e] raised unexpected: SMTPServerDisconnected('Connection unexpectedly closed')",
      ],
      ["Received unregistered task of type 'shop.tasks.clean'."],
      ["Received unregistered task of type 'shop.tasks.sync'."],
      [
        'Hard time limit (300s) exceeded for shop.tasks.report[0f8fad5b-d9cb-469f-a165-70867728950e]',
        'Hard time limit (60s) exceeded for shop.tasks.report[7c9e6679-7425-40de-944b-e07fc1f90ae7]',
      ],
      [
        'Job MailWorker JID-b4a577edbccf1d805744efa9 failed after 25 retries',
        'Job MailWorker JID-00c577edbccf1d805744ef11 failed after 3 retries',
      ],
      ['Job InvoiceWorker JID-b4a577edbccf1d805744efa9 failed after 25 retries'],
    ],
  },
  {
    name: 'nginx: the upstream',
    troubles: [
      [
        '2026/11/03 04:05:06 [error] 31#31: *1234 connect() failed (111: Connection refused) while connecting to upstream, client: 203.0.113.7, server: api.example.com, request: "GET /users/17 HTTP/1.1", upstream: "http://10.0.0.5:3000/users/17", host: "api.example.com"',
        '2026/11/04 14:15:16 [error] 7#7: *99 connect() failed (111: Connection refused) while connecting to upstream, client: 198.51.100.9, server: api.example.com, request: "GET /users/4711 HTTP/2.0", upstream: "http://10.0.0.9:3000/users/4711", host: "api.example.com"',
      ],
      [
        '2026/11/03 04:05:06 [error] 31#31: *1234 upstream timed out (110: Connection timed out) while reading response header from upstream, client: 203.0.113.7, server: api.example.com, request: "GET /users/17 HTTP/1.1", upstream: "http://10.0.0.5:3000/users/17", host: "api.example.com"',
      ],
      [
        '2026/11/03 04:05:06 [error] 31#31: *1234 connect() failed (111: Connection refused) while connecting to upstream, client: 203.0.113.7, server: admin.example.com, request: "GET /users/17 HTTP/1.1", upstream: "http://10.0.0.5:3000/users/17", host: "admin.example.com"',
      ],
    ],
  },
  {
    name: 'nginx: itself',
    troubles: [
      [
        '2026/11/03 04:05:06 [alert] 31#31: 1024 worker_connections are not enough',
        '2026/12/24 18:00:00 [alert] 9#9: 4096 worker_connections are not enough',
      ],
      [
        '2026/11/03 04:05:06 [crit] 31#31: *7 SSL_do_handshake() failed (SSL: error:0A00006C:SSL routines::bad key share) while SSL handshaking, client: 203.0.113.7, server: 0.0.0.0:443',
        '2026/11/04 04:05:06 [crit] 8#8: *1234 SSL_do_handshake() failed (SSL: error:0A00006C:SSL routines::bad key share) while SSL handshaking, client: 198.51.100.9, server: 0.0.0.0:443',
      ],
      [
        '2026/11/03 04:05:06 [error] 31#31: *55 open() "/usr/share/nginx/html/favicon.ico" failed (2: No such file or directory)',
      ],
    ],
  },
  {
    name: 'HAProxy',
    troubles: [
      [
        'Server be_api/api1 is DOWN, reason: Layer4 connection problem, info: "Connection refused", check duration: 0ms. 1 active and 0 backup servers left. 0 sessions active, 0 requeued, 0 remaining in queue.',
        'Server be_api/api1 is DOWN, reason: Layer4 connection problem, info: "Connection refused", check duration: 17ms. 0 active and 1 backup servers left. 3 sessions active, 12 requeued, 0 remaining in queue.',
      ],
      [
        'Server be_web/web1 is DOWN, reason: Layer4 connection problem, info: "Connection refused", check duration: 0ms. 1 active and 0 backup servers left. 0 sessions active, 0 requeued, 0 remaining in queue.',
      ],
      [
        'Server be_api/api1 is DOWN, reason: Layer7 wrong status, code: 503, info: "Service Unavailable", check duration: 2ms.',
        'Server be_api/api1 is DOWN, reason: Layer7 wrong status, code: 503, info: "Service Unavailable", check duration: 11ms.',
      ],
      [
        'Server be_api/api1 is DOWN, reason: Layer7 wrong status, code: 500, info: "Service Unavailable", check duration: 2ms.',
      ],
      ['backend be_api has no server available!'],
      ['backend be_web has no server available!'],
    ],
  },
  {
    name: 'lines of an access log',
    troubles: [
      [
        '203.0.113.7 - - [03/Nov/2026:04:05:06 +0000] "GET /users/17 HTTP/1.1" 500 1043 "-" "curl/8.5.0"',
        '198.51.100.9 - - [04/Nov/2026:14:15:16 +0000] "GET /users/4711 HTTP/1.1" 500 12 "-" "curl/8.7.1"',
      ],
      ['203.0.113.7 - - [03/Nov/2026:04:05:06 +0000] "GET /users/17 HTTP/1.1" 404 1043 "-" "curl/8.5.0"'],
      ['203.0.113.7 - - [03/Nov/2026:04:05:06 +0000] "GET /orders/17 HTTP/1.1" 500 1043 "-" "curl/8.5.0"'],
      ['203.0.113.7 - - [03/Nov/2026:04:05:06 +0000] "POST /users/17 HTTP/1.1" 500 1043 "-" "curl/8.5.0"'],
    ],
  },
];
