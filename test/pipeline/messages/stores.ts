import type { MessageGroup } from './group.ts';

/** MongoDB, Redis, Cassandra, Elasticsearch and other stores. */
export const STORES: readonly MessageGroup[] = [
  {
    name: 'MongoDB: duplicate keys',
    troubles: [
      [
        `E11000 duplicate key error collection: shop.carts index: user_1_slug_1 dup key: { user: ObjectId('65a1b2c3d4e5f60718293a4b'), slug: "spring sale" }`,
        `E11000 duplicate key error collection: shop.carts index: user_1_slug_1 dup key: { user: ObjectId('66ffb2c3d4e5f60718293a00'), slug: "x" }`,
        'E11000 duplicate key error collection: shop.carts index: user_1_slug_1 dup key: { user: null, slug: "it\'s" }',
      ],
      [`E11000 duplicate key error collection: shop.carts index: slug_1 dup key: { slug: "spring sale" }`],
    ],
  },
  {
    name: 'MongoDB: not authorised',
    troubles: [
      [
        `not authorized on shop to execute command { find: "users", filter: { _id: ObjectId('65a1b2c3d4e5f60718293a4b') }, lsid: { id: UUID("0f8fad5b-d9cb-469f-a165-70867728950e") }, $db: "shop" }`,
        `not authorized on shop to execute command { find: "users", filter: { _id: ObjectId('66ffb2c3d4e5f60718293a00') }, lsid: { id: UUID("7c9e6679-7425-40de-944b-e07fc1f90ae7") }, $db: "shop" }`,
      ],
      [
        `not authorized on shop to execute command { insert: "users", lsid: { id: UUID("0f8fad5b-d9cb-469f-a165-70867728950e") }, $db: "shop" }`,
      ],
      ['not authorized on billing to execute command { find: "users", $db: "billing" }'],
      ['bad auth : Authentication failed.'],
    ],
  },
  {
    name: 'MongoDB: connections and cursors',
    troubles: [
      ['connection 12 to 10.0.4.3:27017 closed', 'connection 99 to 10.0.4.7:27017 closed'],
      ['connection <monitor> to 10.0.4.3:27017 closed', 'connection <monitor> to 10.0.4.9:27017 closed'],
      ['connection 12 to 10.0.4.3:27017 timed out'],
      ['cursor id 1234567890123456789 not found', 'cursor id 42 not found'],
      ['Timed out while checking out a connection from connection pool'],
      ['not primary'],
    ],
  },
  {
    name: 'MongoDB: commands',
    troubles: [
      [
        'Executor error during find command :: caused by :: Sort exceeded memory limit of 104857600 bytes, but did not opt in to external sorting.',
        'Executor error during find command :: caused by :: Sort exceeded memory limit of 33554432 bytes, but did not opt in to external sorting.',
      ],
      ["Unrecognized pipeline stage name: '$lookpu'"],
      ["Unrecognized pipeline stage name: '$grop'"],
      ['Document failed validation'],
      ['WriteConflict error: this operation conflicted with another operation. Please retry your operation.'],
    ],
  },
  {
    name: 'Mongoose: validation',
    troubles: [
      ['User validation failed: email: Path `email` is required.'],
      ['User validation failed: name: Path `name` is required.'],
      [
        'User validation failed: age: Cast to Number failed for value "abc" (type string) at path "age"',
        'User validation failed: age: Cast to Number failed for value "12 years" (type string) at path "age"',
      ],
      [
        'User validation failed: name: Path `name` (`ab`) is shorter than the minimum allowed length (3).',
        'User validation failed: name: Path `name` (`Zo`) is shorter than the minimum allowed length (3).',
      ],
      [
        'Order validation failed: status: `opne` is not a valid enum value for path `status`.',
        'Order validation failed: status: `foo` is not a valid enum value for path `status`.',
      ],
      ['Order validation failed: kind: `opne` is not a valid enum value for path `kind`.'],
    ],
  },
  {
    name: 'Mongoose: models',
    troubles: [
      [
        'Cast to ObjectId failed for value "bob-2" (type string) at path "_id" for model "User"',
        'Cast to ObjectId failed for value "ann" (type string) at path "_id" for model "User"',
      ],
      ['Cast to ObjectId failed for value "ann" (type string) at path "_id" for model "Order"'],
      [
        'Operation `users.findOne()` buffering timed out after 10000ms',
        'Operation `users.findOne()` buffering timed out after 250ms',
      ],
      ['Operation `orders.insertOne()` buffering timed out after 10000ms'],
      [
        'No matching document found for id "65a1b2c3d4e5f60718293a4b" version 3 modifiedPaths "items, status"',
        'No matching document found for id "66ffb2c3d4e5f60718293a00" version 12 modifiedPaths "items, status"',
      ],
      ['Schema hasn\'t been registered for model "User".'],
      ['Schema hasn\'t been registered for model "Cart".'],
    ],
  },
  {
    name: 'Redis: answers',
    troubles: [
      ['CLUSTERDOWN The cluster is down'],
      ['CLUSTERDOWN Hash slot not served'],
      ["READONLY You can't write against a read only replica."],
      ["OOM command not allowed when used memory > 'maxmemory'."],
      ['LOADING Redis is loading the dataset in memory'],
      ["NOPERM this user has no permissions to run the 'flushall' command"],
      ["NOPERM this user has no permissions to run the 'keys' command"],
      ["NOGROUP No such key 'orders' or consumer group 'workers' in XREADGROUP with GROUP option"],
      ["NOGROUP No such key 'orders' or consumer group 'mailers' in XREADGROUP with GROUP option"],
    ],
  },
  {
    name: 'Redis: scripts and slots',
    troubles: [
      [
        'ERR Error running script (call to f_6b1bf486c81ceb7edf3c093f4c48582e38c0e791): @user_script:12: user_script:12: attempt to index a nil value',
        'ERR Error running script (call to f_e0e1f9fabfc9d4800c877a703b823ac0578ff8db): @user_script:3: user_script:3: attempt to index a nil value',
      ],
      ['ASK 3999 10.0.0.3:6381', 'ASK 7 10.0.0.4:6382'],
      ['NOSCRIPT No matching script. Please use EVAL.'],
    ],
  },
  {
    name: 'ioredis',
    troubles: [
      [
        'All sentinels are unreachable. Retrying from scratch after 10ms. Last error: connect ECONNREFUSED 10.0.0.3:26379',
        'All sentinels are unreachable. Retrying from scratch after 500ms. Last error: connect ECONNREFUSED 10.0.0.9:26379',
      ],
      ['All sentinels are unreachable. Retrying from scratch after 10ms. Last error: connect ETIMEDOUT'],
      ["Stream isn't writeable and enableOfflineQueue options is false"],
      ['Command timed out'],
      ['Connection is closed.'],
      [
        'Exceeded 10 attempts to lock the resource "locks:order:4711".',
        'Exceeded 3 attempts to lock the resource "locks:order:12".',
      ],
    ],
  },
  {
    name: 'Cassandra',
    troubles: [
      [
        'All host(s) tried for query failed. First host tried, 10.0.0.5:9042: Host considered as DOWN. See innerErrors.',
        'All host(s) tried for query failed. First host tried, 10.0.0.7:9042: Host considered as DOWN. See innerErrors.',
      ],
      [
        'Server timeout during read query at consistency LOCAL_QUORUM (2 peer(s) acknowledged the query over 3 required)',
        'Server timeout during read query at consistency LOCAL_QUORUM (0 peer(s) acknowledged the query over 2 required)',
      ],
      [
        'Server timeout during write query at consistency LOCAL_QUORUM (1 peer(s) acknowledged the write over 2 required)',
      ],
      ['Server timeout during read query at consistency ALL (1 peer(s) acknowledged the query over 3 required)'],
      ["Keyspace 'shop' does not exist"],
      ["Keyspace 'billing' does not exist"],
      ['unconfigured table orders'],
    ],
  },
  {
    name: 'Elasticsearch: indices',
    troubles: [
      [
        'index_not_found_exception: [index_not_found_exception] Reason: no such index [orders-2026.11.03]',
        'index_not_found_exception: [index_not_found_exception] Reason: no such index [orders-2026.11.04]',
      ],
      ['index_not_found_exception: [index_not_found_exception] Reason: no such index [mails-2026.11.03]'],
      [
        'index [logs-000012] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has read-only-allow-delete block];',
        'index [logs-000013] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has read-only-allow-delete block];',
      ],
      ['index [logs-000012] blocked by: [FORBIDDEN/5/index read-only (api)];'],
    ],
  },
  {
    name: 'Elasticsearch: documents and memory',
    troubles: [
      [
        'version_conflict_engine_exception: [8123]: version conflict, required seqNo [12], primary term [1]. current document has seqNo [13] and primary term [1]',
        'version_conflict_engine_exception: [9]: version conflict, required seqNo [99], primary term [2]. current document has seqNo [101] and primary term [2]',
      ],
      [
        'circuit_breaking_exception: [parent] Data too large, data for [<http_request>] would be [1020912312/973.6mb], which is larger than the limit of [1020054732/972.7mb]',
        'circuit_breaking_exception: [parent] Data too large, data for [<http_request>] would be [2040912312/1.9gb], which is larger than the limit of [2040109465/1.8gb]',
      ],
      [
        'circuit_breaking_exception: [fielddata] Data too large, data for [title] would be [1020912312/973.6mb], which is larger than the limit of [1020054732/972.7mb]',
      ],
      [
        "mapper_parsing_exception: failed to parse field [price] of type [float] in document with id 'abc1'. Preview of field's value: 'n/a'",
        "mapper_parsing_exception: failed to parse field [price] of type [float] in document with id '77'. Preview of field's value: 'free'",
      ],
      [
        "mapper_parsing_exception: failed to parse field [size] of type [float] in document with id 'abc1'. Preview of field's value: 'n/a'",
      ],
    ],
  },
  {
    name: 'ClickHouse and Neo4j',
    troubles: [
      [
        'Code: 241. DB::Exception: Memory limit (total) exceeded: would use 9.31 GiB (attempt to allocate chunk of 4194304 bytes), maximum: 8.38 GiB. (MEMORY_LIMIT_EXCEEDED)',
        'Code: 241. DB::Exception: Memory limit (total) exceeded: would use 512.00 MiB (attempt to allocate chunk of 1048576 bytes), maximum: 500.00 MiB. (MEMORY_LIMIT_EXCEEDED)',
      ],
      [
        'Code: 60. DB::Exception: Table shop.orders does not exist. (UNKNOWN_TABLE) (version 23.8.1.1 (official build))',
      ],
      ['Code: 60. DB::Exception: Table shop.carts does not exist. (UNKNOWN_TABLE) (version 23.8.1.1 (official build))'],
      [
        "Node(42) already exists with label `User` and property `email` = 'ann@example.com'",
        "Node(4711) already exists with label `User` and property `email` = 'bob'",
      ],
      ["Node(42) already exists with label `Shop` and property `email` = 'ann@example.com'"],
    ],
  },
];
