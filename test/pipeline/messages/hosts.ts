import type { MessageGroup } from './group.ts';

/** Hosts have a role, which stays, and replicas, which do not count. Names of other things keep their numbers. */
export const HOSTS: readonly MessageGroup[] = [
  {
    name: 'a stateful set',
    troubles: [
      [
        'getaddrinfo ENOTFOUND redis-master-0.redis-headless.shop.svc.cluster.local',
        'getaddrinfo ENOTFOUND redis-master-1.redis-headless.shop.svc.cluster.local',
        'getaddrinfo ENOTFOUND redis-master-12.redis-headless.shop.svc.cluster.local',
      ],
      ['getaddrinfo ENOTFOUND redis-replica-0.redis-headless.shop.svc.cluster.local'],
      ['getaddrinfo ENOTFOUND kafka-0.kafka-headless.shop.svc.cluster.local'],
    ],
  },
  {
    name: 'short names of a stateful set',
    troubles: [
      ['getaddrinfo EAI_AGAIN redis-master-0', 'getaddrinfo EAI_AGAIN redis-master-1'],
      ['getaddrinfo EAI_AGAIN redis-replica-0'],
    ],
  },
  {
    name: 'pods of a deployment',
    troubles: [
      [
        'lost contact to payments-7d9f8b6c5-x2x4q',
        'lost contact to payments-7d9f8b6c5-k9qwe',
        'lost contact to payments-5c8d7f6b49-bcdfg',
      ],
      ['lost contact to orders-7d9f8b6c5-x2x4q'],
    ],
  },
  {
    name: 'pods of a deployment, looked up',
    troubles: [
      ['getaddrinfo ENOTFOUND payments-7d9f8b6c5-x2x4q', 'getaddrinfo ENOTFOUND payments-7d9f8b6c5-k9qwe'],
      ['getaddrinfo ENOTFOUND payments'],
      ['getaddrinfo ENOTFOUND orders-7d9f8b6c5-x2x4q'],
    ],
  },
  {
    name: 'pods of a daemon set',
    troubles: [
      ['pod fluent-bit-x2k9p is not ready', 'pod fluent-bit-7hzqw is not ready'],
      ['pod node-exporter-x2k9p is not ready'],
    ],
  },
  {
    name: 'numbered machines',
    troubles: [
      [
        'getaddrinfo ENOTFOUND db03.internal',
        'getaddrinfo ENOTFOUND db04.internal',
        'getaddrinfo ENOTFOUND db3.internal',
      ],
      ['getaddrinfo ENOTFOUND cache03.internal'],
      ['getaddrinfo EAI_AGAIN db03.internal'],
    ],
  },
  {
    name: 'numbered machines with a port',
    troubles: [
      ['Connection to db03.internal:5432 refused', 'Connection to db04.internal:5432 refused'],
      ['Connection to cache03.internal:6379 refused'],
    ],
  },
  {
    name: 'numbered machines in a URL',
    troubles: [
      [
        'request to http://api-3.internal:8080/health failed, reason: socket hang up',
        'request to http://api-4.internal:8080/health failed, reason: socket hang up',
      ],
      [
        'request to http://web02.example.com/health failed, reason: socket hang up',
        'request to http://web11.example.com/health failed, reason: socket hang up',
      ],
      ['request to http://auth-3.internal:8080/health failed, reason: socket hang up'],
    ],
  },
  {
    name: 'machines of EC2',
    troubles: [
      ['lost contact to ip-10-0-3-17', 'lost contact to ip-10-0-19-2'],
      [
        'node ip-10-0-3-17.eu-central-1.compute.internal is not ready',
        'node ip-10-0-19-200.eu-central-1.compute.internal is not ready',
      ],
      ['instance i-0abc123def4567890 was terminated', 'instance i-0fff00aa11bb22cc3 was terminated'],
      [
        'lost contact to ec2-203-0-113-7.eu-central-1.compute.amazonaws.com',
        'lost contact to ec2-198-51-100-20.eu-central-1.compute.amazonaws.com',
      ],
    ],
  },
  {
    name: 'machines of Google and Azure',
    troubles: [
      [
        'node gke-prod-default-pool-8f3a2b1c-x2k9 is not ready',
        'node gke-prod-default-pool-8f3a2b1c-q7zt is not ready',
      ],
      ['node gke-prod-gpu-pool-8f3a2b1c-x2k9 is not ready'],
      ['node aks-nodepool1-12345678-vmss000003 is not ready', 'node aks-nodepool1-12345678-vmss00000a is not ready'],
    ],
  },
  {
    name: 'members of MongoDB Atlas',
    troubles: [
      [
        'connect ETIMEDOUT shop-shard-00-01.ab1cd.mongodb.net:27017',
        'connect ETIMEDOUT shop-shard-00-02.ab1cd.mongodb.net:27017',
      ],
      ['connect ETIMEDOUT billing-shard-00-01.ab1cd.mongodb.net:27017'],
    ],
  },
  {
    name: 'managed databases',
    troubles: [
      ['getaddrinfo ENOTFOUND shop-prod.c9akciq32abc.eu-central-1.rds.amazonaws.com'],
      ['getaddrinfo ENOTFOUND billing-prod.c9akciq32abc.eu-central-1.rds.amazonaws.com'],
      ['getaddrinfo ENOTFOUND shop-prod.c9akciq32abc.us-east-1.rds.amazonaws.com'],
    ],
  },
  {
    name: 'dynos',
    troubles: [
      ['heroku[web.1]: Process exited with status 137', 'heroku[web.2]: Process exited with status 137'],
      ['heroku[worker.1]: Process exited with status 137'],
      ['heroku[web.1]: Process exited with status 1'],
    ],
  },
  {
    name: 'hosts in quotes',
    troubles: [
      [
        `could not translate host name "db03.internal" to address: Name or service not known`,
        `could not translate host name "db04.internal" to address: Name or service not known`,
      ],
      [`could not translate host name "cache03.internal" to address: Name or service not known`],
      [`could not translate host name "db03.internal" to address: Temporary failure in name resolution`],
    ],
  },
  {
    name: 'workers and threads are replicas',
    troubles: [
      ['Exception in thread "http-nio-8080-exec-7" boom', 'Exception in thread "http-nio-8080-exec-12" boom'],
      ['Exception in thread "main" boom'],
      ['worker "mail-3" died', 'worker "mail-7" died'],
      ['worker "import-3" died'],
    ],
  },
  {
    name: 'logical names keep their numbers',
    troubles: [
      ['queue "shard-1" is stalled'],
      ['queue "shard-2" is stalled'],
      ['Topic "orders-v1" has no leader'],
      ['Topic "orders-v2" has no leader'],
      ['The bucket "backup-1" does not exist'],
      ['The bucket "backup-2" does not exist'],
      ['column "address1" does not exist'],
      ['column "address2" does not exist'],
    ],
  },
  {
    name: 'versions of an interface',
    troubles: [
      ['GET https://api.example.com/v1/users failed'],
      ['GET https://api.example.com/v2/users failed'],
      ['getaddrinfo ENOTFOUND s3.amazonaws.com'],
      ['getaddrinfo ENOTFOUND sqs.amazonaws.com'],
      ['getaddrinfo ENOTFOUND oauth2.googleapis.com'],
      ['getaddrinfo ENOTFOUND storage.googleapis.com'],
    ],
  },
];
