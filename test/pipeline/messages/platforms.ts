import type { MessageGroup } from './group.ts';

/** Kubernetes, Docker, systemd, the kernel, cron, backups. */
export const PLATFORMS: readonly MessageGroup[] = [
  {
    name: 'Kubernetes: restarts',
    troubles: [
      [
        'Back-off restarting failed container api in pod api-7d4b9c6f5-x2k9p_shop(0f8fad5b-d9cb-469f-a165-70867728950e)',
        'Back-off restarting failed container api in pod api-66c5d8f7b9-9q4zt_shop(7c9e6679-7425-40de-944b-e07fc1f90ae7)',
        'Back-off restarting failed container api in pod api-7d4b9c6f5-bcdfg_shop(7c9e6679-7425-40de-944b-e07fc1f90ae7)',
      ],
      [
        'Back-off restarting failed container worker in pod worker-7d4b9c6f5-x2k9p_shop(0f8fad5b-d9cb-469f-a165-70867728950e)',
      ],
    ],
  },
  {
    name: 'Kubernetes: images',
    troubles: [
      [
        'Failed to pull image "registry.example.com/shop/api:1.4.2": rpc error: code = NotFound desc = failed to pull and unpack image',
        'Failed to pull image "registry.example.com/shop/api:v1.10.0": rpc error: code = NotFound desc = failed to pull and unpack image',
        'Failed to pull image "registry.example.com/shop/api:8f3a2b1c9d": rpc error: code = NotFound desc = failed to pull and unpack image',
      ],
      [
        'Failed to pull image "registry.example.com/shop/worker:1.4.2": rpc error: code = NotFound desc = failed to pull and unpack image',
      ],
      [
        'Failed to pull image "registry.example.com/shop/api:1.4.2": rpc error: code = Unknown desc = failed to pull and unpack image',
      ],
    ],
  },
  {
    name: 'Kubernetes: probes',
    troubles: [
      ['Readiness probe failed: HTTP probe failed with statuscode: 503'],
      ['Readiness probe failed: HTTP probe failed with statuscode: 500'],
      ['Liveness probe failed: HTTP probe failed with statuscode: 503'],
      [
        'Liveness probe failed: Get "http://10.1.2.3:8080/healthz": context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
        'Liveness probe failed: Get "http://10.1.7.9:8080/healthz": context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
      ],
      [
        'Liveness probe failed: Get "http://10.1.2.3:8080/ready": context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
      ],
    ],
  },
  {
    name: 'Kubernetes: scheduling',
    troubles: [
      [
        '0/3 nodes are available: 3 Insufficient cpu. preemption: 0/3 nodes are available: 3 No preemption victims found for incoming pod.',
        '0/12 nodes are available: 12 Insufficient cpu. preemption: 0/12 nodes are available: 12 No preemption victims found for incoming pod.',
      ],
      [
        '0/3 nodes are available: 3 Insufficient memory. preemption: 0/3 nodes are available: 3 No preemption victims found for incoming pod.',
      ],
      [
        'exceeded quota: compute-resources, requested: limits.cpu=2, used: limits.cpu=9, limited: limits.cpu=10',
        'exceeded quota: compute-resources, requested: limits.cpu=500m, used: limits.cpu=19500m, limited: limits.cpu=19800m',
      ],
      [
        'exceeded quota: compute-resources, requested: limits.memory=2Gi, used: limits.memory=9Gi, limited: limits.memory=10Gi',
        'exceeded quota: compute-resources, requested: limits.memory=512Mi, used: limits.memory=800Mi, limited: limits.memory=1Gi',
      ],
    ],
  },
  {
    name: 'Kubernetes: evictions',
    troubles: [
      [
        'The node was low on resource: memory. Threshold quantity: 100Mi, available: 88720Ki. Container api was using 512Mi, request is 0, has larger consumption of memory.',
        'The node was low on resource: memory. Threshold quantity: 100Mi, available: 12Mi. Container api was using 2Gi, request is 256Mi, has larger consumption of memory.',
      ],
      [
        'The node was low on resource: ephemeral-storage. Threshold quantity: 1Gi, available: 88720Ki. Container api was using 512Mi, request is 0, has larger consumption of ephemeral-storage.',
      ],
    ],
  },
  {
    name: 'Kubernetes: what is missing, what is late',
    troubles: [
      ['MountVolume.SetUp failed for volume "config" : configmap "app-config" not found'],
      ['MountVolume.SetUp failed for volume "tls" : secret "app-tls" not found'],
      ['deployment "api" exceeded its progress deadline'],
      ['deployment "worker" exceeded its progress deadline'],
      [
        'Job cleanup-28374650 has reached the specified backoff limit',
        'Job cleanup-28374651 has reached the specified backoff limit',
      ],
      ['Job backup-28374650 has reached the specified backoff limit'],
      [
        'x509: certificate has expired or is not yet valid: current time 2026-11-03T04:05:06Z is after 2026-11-02T00:00:00Z',
        'x509: certificate has expired or is not yet valid: current time 2026-12-03T14:15:16Z is after 2026-11-30T00:00:00Z',
      ],
    ],
  },
  {
    name: 'Docker: containers',
    troubles: [
      ['No such container: 8f3a2b1c9d0e', 'No such container: 00ffaabbccdd'],
      [
        'Conflict. The container name "/shop_api_1" is already in use by container "8f3a2b1c9d0e4f5a6b7c8d9e0f1a2b3c4d5e6f708f3a2b1c9d0e4f5a6b7c8d9e". You have to remove (or rename) that container to be able to reuse that name.',
        'Conflict. The container name "/shop_api_1" is already in use by container "00ff2b1c9d0e4f5a6b7c8d9e0f1a2b3c4d5e6f708f3a2b1c9d0e4f5a6b7c8d9e". You have to remove (or rename) that container to be able to reuse that name.',
      ],
      [
        'Conflict. The container name "/shop_worker_1" is already in use by container "8f3a2b1c9d0e4f5a6b7c8d9e0f1a2b3c4d5e6f708f3a2b1c9d0e4f5a6b7c8d9e". You have to remove (or rename) that container to be able to reuse that name.',
      ],
    ],
  },
  {
    name: 'Docker: images and disks',
    troubles: [
      ['pull access denied for shop/api, repository does not exist or may require authorization'],
      ['pull access denied for shop/worker, repository does not exist or may require authorization'],
      [
        'manifest for shop/api:1.2.3 not found: manifest unknown',
        'manifest for shop/api:1.3.0 not found: manifest unknown',
      ],
      [
        'write /var/lib/docker/tmp/GetImageBlob123456789: no space left on device',
        'write /var/lib/docker/tmp/GetImageBlob987654: no space left on device',
      ],
      ['toomanyrequests: You have reached your pull rate limit.'],
    ],
  },
  {
    name: 'systemd',
    troubles: [
      ['shop-api.service: Main process exited, code=exited, status=1/FAILURE'],
      ['shop-api.service: Main process exited, code=exited, status=203/EXEC'],
      ['shop-api.service: Main process exited, code=killed, status=9/KILL'],
      ['shop-worker.service: Main process exited, code=exited, status=1/FAILURE'],
      [
        'shop-api.service: Scheduled restart job, restart counter is at 5.',
        'shop-api.service: Scheduled restart job, restart counter is at 117.',
      ],
      ['shop-worker.service: Scheduled restart job, restart counter is at 5.'],
      ['shop-api.service: Watchdog timeout (limit 30s)!', 'shop-api.service: Watchdog timeout (limit 3min)!'],
    ],
  },
  {
    name: 'the kernel: memory',
    troubles: [
      [
        'Out of memory: Killed process 4711 (node) total-vm:1234567kB, anon-rss:987654kB, file-rss:0kB, shmem-rss:0kB, UID:1000 pgtables:2345kB oom_score_adj:0',
        'Out of memory: Killed process 12 (node) total-vm:99kB, anon-rss:77kB, file-rss:12kB, shmem-rss:4kB, UID:0 pgtables:1kB oom_score_adj:-998',
      ],
      [
        'Out of memory: Killed process 4711 (postgres) total-vm:1234567kB, anon-rss:987654kB, file-rss:0kB, shmem-rss:0kB, UID:1000 pgtables:2345kB oom_score_adj:0',
      ],
      [
        'node[4711]: segfault at 0 ip 00007f3a2b1c9d0e sp 00007ffd9a3c1b20 error 4 in libc.so.6[7f3a2b000000+195000]',
        'node[12]: segfault at 7f3a2b1c9d0e ip 00007f112b1c9d0e sp 00007ffdffff1b20 error 4 in libc.so.6[7f112b000000+195000]',
      ],
    ],
  },
  {
    name: 'the kernel: disks and network',
    troubles: [
      [
        'blk_update_request: I/O error, dev sda, sector 12345678 op 0x0:(READ) flags 0x0 phys_seg 1 prio class 0',
        'blk_update_request: I/O error, dev sda, sector 99 op 0x0:(READ) flags 0x80700 phys_seg 4 prio class 0',
      ],
      ['blk_update_request: I/O error, dev sdb, sector 12345678 op 0x0:(READ) flags 0x0 phys_seg 1 prio class 0'],
      [
        'EXT4-fs error (device sda1): ext4_find_entry:1455: inode #131074: comm node: reading directory lblock 0',
        'EXT4-fs error (device sda1): ext4_find_entry:1455: inode #99: comm node: reading directory lblock 12',
      ],
      ['nf_conntrack: table full, dropping packet'],
      [
        'Device: /dev/sda [SAT], 8 Currently unreadable (pending) sectors',
        'Device: /dev/sda [SAT], 16 Currently unreadable (pending) sectors',
      ],
      ['Device: /dev/sdb [SAT], 8 Currently unreadable (pending) sectors'],
    ],
  },
  {
    name: 'cron and backups',
    troubles: [
      ['run-parts: /etc/cron.daily/logrotate exited with return code 1'],
      ['run-parts: /etc/cron.daily/logrotate exited with return code 2'],
      ['run-parts: /etc/cron.daily/backup exited with return code 1'],
      [
        'rsync error: some files/attrs were not transferred (see previous errors) (code 23) at main.c(1338) [sender=3.2.7]',
        'rsync error: some files/attrs were not transferred (see previous errors) (code 23) at main.c(1207) [sender=3.1.3]',
      ],
      ['rsync error: error in rsync protocol data stream (code 12) at io.c(235) [sender=3.2.7]'],
      [
        'unable to create lock in backend: repository is already locked by PID 4711 on backup by root (UID 0, GID 0)\nlock was created at 2026-11-03 04:05:06 (1h2m3.456s ago)\nstorage ID 8f3a2b1c',
        'unable to create lock in backend: repository is already locked by PID 12 on backup by root (UID 0, GID 0)\nlock was created at 2026-11-04 14:15:16 (12.5s ago)\nstorage ID 00ffab1c',
      ],
    ],
  },
  {
    name: 'disks that fill up',
    troubles: [
      ['Filesystem /var is 91% full', 'Filesystem /var is 99.5 % full'],
      ['Filesystem /data is 91% full'],
      [
        'DISK CRITICAL - free space: /var 1043 MiB (3% inode=98%)',
        'DISK CRITICAL - free space: /var 12 MiB (0% inode=9%)',
      ],
      ['DISK WARNING - free space: /var 1043 MiB (3% inode=98%)'],
    ],
  },
];
