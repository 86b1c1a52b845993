import type { MessageGroup } from './group.ts';

/** What applications write themselves, browsers and scripts; written when the rules stood, to see how far they reach. */
export const APPLICATIONS: readonly MessageGroup[] = [
  {
    name: 'somebody could not do something',
    troubles: [
      [
        "The user 'ann' is not allowed to access resource 'reports'",
        "The user 'bob' is not allowed to access resource 'reports'",
      ],
      ["The user 'ann' is not allowed to access resource 'invoices'"],
      ['Login attempt for "ann" failed: wrong password', 'Login attempt for "bob" failed: wrong password'],
      ['Login attempt for "ann" failed: account locked'],
      ['Customer "Smith & Sons" could not be synced', 'Customer "Jones" could not be synced'],
    ],
  },
  {
    name: 'payments and webhooks',
    troubles: [
      ['Payment for order #10021 failed: card_declined', 'Payment for order #7 failed: card_declined'],
      ['Payment for order #10021 failed: insufficient_funds'],
      [
        'Webhook delivery to https://hooks.example.com/t/8f3a2b1c9d failed with 502',
        'Webhook delivery to https://hooks.example.com/t/00ffab1c9d failed with 502',
      ],
      ['Webhook delivery to https://hooks.example.com/t/8f3a2b1c9d failed with 404'],
      [
        'Failed to send email to "ann@example.com": mailbox full',
        'Failed to send email to "bob@example.org": mailbox full',
      ],
    ],
  },
  {
    name: 'what somebody typed',
    troubles: [
      ['Search for "red shoes" timed out after 5s', 'Search for "hat" timed out after 12s'],
      ['Failed to parse date "31/02/2026"', 'Failed to parse date "tomorrow"'],
      ['Could not geocode address "Main St 5, Springfield"', 'Could not geocode address "Bergstr. 12, 1010 Wien"'],
      ['Invalid value "blue" for option "--color"', 'Invalid value "rot" for option "--color"'],
      ['Invalid value "blue" for option "--size"'],
    ],
  },
  {
    name: 'configuration',
    troubles: [
      ['Missing environment variable "STRIPE_KEY"'],
      ['Missing environment variable "MAIL_HOST"'],
      ['Environment variable MAIL_HOST is not set'],
      ['Environment variable STRIPE_KEY is not set'],
      ['Feature flag "new-checkout" not found'],
      ['Feature flag "dark-mode" not found'],
      ["Unknown option '--watch'"],
      ["Unknown option '--color'"],
    ],
  },
  {
    name: 'templates and translations',
    troubles: [
      ['Template "welcome" not found'],
      ['Template "reset-password" not found'],
      ['Translation missing: de.cart.title'],
      ['Translation missing: de.cart.total'],
    ],
  },
  {
    name: 'locks and caches',
    troubles: [
      ['Could not acquire lock "cron:daily-report" within 5s', 'Could not acquire lock "cron:daily-report" within 30s'],
      ['Could not acquire lock "cron:cleanup" within 5s'],
      ['Cache key "user:4711:profile" is corrupt', 'Cache key "user:12:profile" is corrupt'],
      ['Cache key "user:4711:cart" is corrupt'],
    ],
  },
  {
    name: 'imports and files',
    troubles: [
      [
        'Import of "report-2026-11.csv" failed at line 812: unexpected EOF',
        'Import of "report-2026-12.csv" failed at line 9: unexpected EOF',
      ],
      ['Import of "customers-2026-11.csv" failed at line 812: unexpected EOF'],
      ['Chunk 3 of 17 failed: checksum mismatch', 'Chunk 9 of 9 failed: checksum mismatch'],
      ['file "invoice_12.pdf" could not be read', 'file "invoice_4711.pdf" could not be read'],
      ['Error opening input file /tmp/upload_8123.mp4.', 'Error opening input file /tmp/upload_7.mp4.'],
    ],
  },
  {
    name: 'processes',
    troubles: [
      ['Worker 3 crashed (exit code 139)', 'Worker 17 crashed (exit code 139)'],
      ['Worker 3 crashed (exit code 1)'],
      ["Process 'ffmpeg' exited with code 1"],
      ["Process 'convert' exited with code 1"],
      ['Job failed: exit code 1'],
      ['Job failed: exit code 137'],
    ],
  },
  {
    name: 'remote procedures',
    troubles: [
      [
        'Deadline of 2s exceeded while calling inventory.v1.Stock/Reserve',
        'Deadline of 500ms exceeded while calling inventory.v1.Stock/Reserve',
      ],
      ['Deadline of 2s exceeded while calling inventory.v1.Stock/Release'],
      ['Unable to connect to "redis-1:6379"', 'Unable to connect to "redis-2:6379"'],
      ['Unable to connect to "kafka-1:9092"'],
    ],
  },
  {
    name: 'the browser: files of a build',
    troubles: [
      [
        'Failed to fetch dynamically imported module: https://shop.example.com/assets/Cart-8f3a2b1c.js',
        'Failed to fetch dynamically imported module: https://shop.example.com/assets/Cart-00aa11bb.js',
      ],
      ['Failed to fetch dynamically imported module: https://shop.example.com/assets/Order-8f3a2b1c.js'],
    ],
  },
  {
    name: 'the browser: frameworks',
    troubles: [
      [
        "NG0100: ExpressionChangedAfterItHasBeenCheckedError: Expression has changed after it was checked. Previous value: 'a'. Current value: 'b'.",
        "NG0100: ExpressionChangedAfterItHasBeenCheckedError: Expression has changed after it was checked. Previous value: 'Ann'. Current value: ''.",
      ],
      ['NullInjectorError: No provider for CartService!'],
      ['NullInjectorError: No provider for MailService!'],
      ['[Vue warn]: Property "cart" was accessed during render but is not defined on instance.'],
      ['[Vue warn]: Property "total" was accessed during render but is not defined on instance.'],
      ["Unexpected identifier 'foo'"],
      ["Unexpected identifier 'bar'"],
    ],
  },
  {
    name: 'Perl and shells',
    troubles: [
      [
        "Can't locate Shop/Mail.pm in @INC (you may need to install the Shop::Mail module) at run.pl line 12.",
        "Can't locate Shop/Mail.pm in @INC (you may need to install the Shop::Mail module) at run.pl line 99.",
      ],
      ["Can't locate Shop/Cart.pm in @INC (you may need to install the Shop::Cart module) at run.pl line 12."],
      ['./deploy.sh: line 42: kubectl: command not found', './deploy.sh: line 57: kubectl: command not found'],
      ['./deploy.sh: line 42: helm: command not found'],
    ],
  },
  {
    name: 'certificates of an own host',
    troubles: [
      ['Failed to renew certificate shop.example.com with error: Some challenges have failed.'],
      ['Failed to renew certificate admin.example.com with error: Some challenges have failed.'],
      ['Certificate of shop.example.com expires in 13 days', 'Certificate of shop.example.com expires in 1 day'],
    ],
  },
  {
    name: 'names of persons in other languages',
    troubles: [
      ["Benutzer 'bob' nicht gefunden", "Benutzer 'alice' nicht gefunden"],
      ['用户"Bob"不存在', '用户"Alice"不存在'],
      ['ユーザー「Bob」が見つかりません', 'ユーザー「田中」が見つかりません'],
      ["L'utilisateur « bob » est introuvable", "L'utilisateur « Zoé » est introuvable"],
      ['Пользователь "bob" не найден', 'Пользователь "Борис" не найден'],
    ],
  },
  {
    name: 'things in other languages',
    troubles: [
      ['Datei "rechnung_12.pdf" konnte nicht gelesen werden', 'Datei "rechnung_4711.pdf" konnte nicht gelesen werden'],
      ['Datei "angebot_12.pdf" konnte nicht gelesen werden'],
      ['Таблица «заказы» не найдена'],
      ['Таблица «счета» не найдена'],
      ['テーブル「注文」が存在しません'],
      ['テーブル「顧客」が存在しません'],
    ],
  },
];
