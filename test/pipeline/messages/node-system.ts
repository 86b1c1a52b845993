import type { MessageGroup } from './group.ts';

/** What Node tells of files, processes, cryptography and its own warnings. */
export const NODE_SYSTEM: readonly MessageGroup[] = [
  {
    name: 'a file that is not there',
    troubles: [
      [
        "ENOENT: no such file or directory, rename '/tmp/a1b2c3d4e5.part' -> '/data/files/a1b2c3d4e5'",
        "ENOENT: no such file or directory, rename '/tmp/00ff12ab9c.part' -> '/data/files/00ff12ab9c'",
      ],
      ["ENOENT: no such file or directory, open '/app/views/cart.html'"],
      ["ENOENT: no such file or directory, open '/app/views/order.html'"],
      ["ENOENT: no such file or directory, scandir '/app/views'"],
    ],
  },
  {
    name: 'files of processes, of days and of jobs',
    troubles: [
      [
        "ENOENT: no such file or directory, open '/proc/1234/stat'",
        "ENOENT: no such file or directory, open '/proc/99/stat'",
      ],
      [
        "EEXIST: file already exists, mkdir '/var/backups/20261103'",
        "EEXIST: file already exists, mkdir '/var/backups/20261104'",
      ],
      [
        "EEXIST: file already exists, open '/var/log/shop/2026-11-03.log'",
        "EEXIST: file already exists, open '/var/log/shop/2026-11-04.log'",
      ],
      [
        "EPERM: operation not permitted, unlink 'C:\\Users\\svc\\AppData\\Local\\Temp\\job-8f3a2b1c\\out.csv'",
        "EPERM: operation not permitted, unlink 'C:\\Users\\svc\\AppData\\Local\\Temp\\job-00c1d2e3\\out.csv'",
      ],
    ],
  },
  {
    name: 'the disk',
    troubles: [
      ['ENOSPC: no space left on device, write'],
      ["ENOSPC: System limit for number of file watchers reached, watch '/app'"],
      ['EROFS: read-only file system, write'],
      ['EIO: i/o error, write'],
      ['EMFILE: too many open files, write'],
    ],
  },
  {
    name: 'a program that cannot be started',
    troubles: [['spawn git ENOENT'], ['spawn ffmpeg ENOENT'], ['spawn ffmpeg EACCES'], ['spawn ENOMEM']],
  },
  {
    name: 'a program that ended badly',
    troubles: [
      [
        'Command failed: convert /tmp/in_8123.png /tmp/out_8123.png',
        'Command failed: convert /tmp/in_9001.png /tmp/out_9001.png',
      ],
      ['Command failed with exit code 128: git fetch --all'],
      ['Command failed with exit code 1: git fetch --all'],
      ['Command failed with exit code 1: git push'],
      ['Command was killed with SIGTERM (Termination): git push'],
    ],
  },
  {
    name: 'a file of a socket',
    troubles: [['connect ENOENT /var/run/docker.sock'], ['connect ENOENT /tmp/.s.PGSQL.5432']],
  },
  {
    name: 'OpenSSL prints its thread, a code and a line',
    troubles: [
      [
        'write EPROTO 80FCEE5AF77F0000:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../deps/openssl/openssl/ssl/record/ssl3_record.c:354:\n',
        'write EPROTO C0DCFB1F8B7F0000:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../deps/openssl/openssl/ssl/record/ssl3_record.c:354:\n',
        'write EPROTO 405C7A6D387F0000:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../deps/openssl/openssl/ssl/record/ssl3_record.c:355:\n',
      ],
      [
        '80FCEE5AF77F0000:error:0A000126:SSL routines:ssl3_read_n:unexpected eof while reading:../deps/openssl/openssl/ssl/record/rec_layer_s3.c:304:',
        '40D7B7A6FE7E0000:error:0A000126:SSL routines:ssl3_read_n:unexpected eof while reading:../deps/openssl/openssl/ssl/record/rec_layer_s3.c:303:',
      ],
      [
        '140735167390592:error:1408F10B:SSL routines:ssl3_get_record:wrong version number:../deps/openssl/openssl/ssl/record/ssl3_record.c:332:',
        '139872345671552:error:1408F10B:SSL routines:ssl3_get_record:wrong version number:../deps/openssl/openssl/ssl/record/ssl3_record.c:332:',
      ],
    ],
  },
  {
    name: 'codes of OpenSSL',
    troubles: [
      ['error:0308010C:digital envelope routines::unsupported'],
      ['error:1C800064:Provider routines::bad decrypt'],
      ['error:1E08010C:DECODER routines::unsupported'],
      ['error:1E080101:DECODER routines::unsupported'],
    ],
  },
  {
    name: 'headers',
    troubles: [
      ['Cannot set headers after they are sent to the client'],
      ['Cannot remove headers after they are sent to the client'],
      ['Invalid character in header content ["Content-Disposition"]'],
      ['Invalid character in header content ["X-User-Name"]'],
      ['Invalid value "undefined" for header "authorization"'],
      ['Invalid value "undefined" for header "x-trace-id"'],
    ],
  },
  {
    name: 'assert',
    troubles: [
      [
        'Expected values to be strictly equal:\n\n1 !== 2\n',
        'Expected values to be strictly equal:\n\n40 !== 17\n',
        "Expected values to be strictly equal:\n\n'a' !== 'b'\n",
        "Expected values to be strictly equal:\n\n'Ann' !== 'Bob'\n",
      ],
      ['Expected values to be loosely deep-equal:\n\n1\n\nshould loosely deep-equal\n\n2'],
    ],
  },
  {
    name: 'warnings of Node carry the process id',
    troubles: [
      [
        '(node:4711) [DEP0040] DeprecationWarning: The `punycode` module is deprecated. Please use a userland alternative instead.',
        '(node:12) [DEP0040] DeprecationWarning: The `punycode` module is deprecated. Please use a userland alternative instead.',
      ],
      [
        '(node:4711) [DEP0005] DeprecationWarning: Buffer() is deprecated due to security and usability issues.',
        '(node:9) [DEP0005] DeprecationWarning: Buffer() is deprecated due to security and usability issues.',
      ],
      ['[DEP0005] DeprecationWarning: see the documentation'],
      ['[DEP0106] DeprecationWarning: see the documentation'],
    ],
  },
  {
    name: 'rejections without an error',
    troubles: [
      [
        'This error originated either by throwing inside of an async function without a catch block, or by rejecting a promise which was not handled with .catch(). The promise rejected with the reason "undefined".',
      ],
      [
        'This error originated either by throwing inside of an async function without a catch block, or by rejecting a promise which was not handled with .catch(). The promise rejected with the reason "#<Response>".',
      ],
      ["Unhandled error. ({ code: 'EPIPE', errno: -32, syscall: 'write' })"],
      ["Unhandled error. ({ code: 'ECONNRESET', errno: -104, syscall: 'read' })"],
    ],
  },
  {
    name: 'shared libraries',
    troubles: [
      [
        'Error loading shared library ld-linux-x86-64.so.2: No such file or directory (needed by /app/node_modules/sharp/build/Release/sharp.node)',
      ],
      [
        'Error loading shared library libvips.so.42: No such file or directory (needed by /app/node_modules/sharp/build/Release/sharp.node)',
      ],
      ["/lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.28' not found (required by node)"],
    ],
  },
  {
    name: 'aborts and timers',
    troubles: [
      ['The operation was aborted due to timeout'],
      ['This operation was aborted'],
      ['Promise timed out after 5000 milliseconds', 'Promise timed out after 250 milliseconds'],
      [
        'Timeout - Async callback was not invoked within the 5000 ms timeout specified by jest.setTimeout.',
        'Timeout - Async callback was not invoked within the 30000 ms timeout specified by jest.setTimeout.',
      ],
    ],
  },
  {
    name: 'a debug log of npm',
    troubles: [
      [
        'A complete log of this run can be found in: /root/.npm/_logs/2026-11-03T04_05_06_789Z-debug-0.log',
        'A complete log of this run can be found in: /root/.npm/_logs/2026-12-24T18_00_59_001Z-debug-0.log',
      ],
      ['npm ERR! code E404'],
      ['npm ERR! code EINTEGRITY'],
    ],
  },
];
