/**
 * Secrets to plant, put together at run time, other ones for every seed; and the look for what of them shows.
 */

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
type SetName = 'alnum' | 'lower' | 'base32' | 'hex' | 'base64' | 'letters';
const SETS: Readonly<Record<SetName, string>> = {
  alnum: `${UPPER}${UPPER.toLowerCase()}0123456789`,
  lower: `${UPPER.toLowerCase()}0123456789`,
  base32: `${UPPER}234567`,
  hex: '0123456789abcdef',
  base64: `${UPPER}${UPPER.toLowerCase()}0123456789+/`,
  letters: UPPER.toLowerCase(),
};

/** A text around a secret, as an application writes it. */
export interface Plant {
  /** What stands in the log. */
  readonly text: string;
  /** What of it must not show, not even ten characters in a row. */
  readonly hidden: readonly string[];
}

/** One way in which secrets get into logs. */
export interface PlantKind {
  readonly name: string;
  /** `anywhere`: known by its content. `line`: by what stands around it in a text. `lines`: needs several lines. */
  readonly needs: 'anywhere' | 'line' | 'lines';
  readonly make: (seed: number) => Plant;
}

/** The value that is registered as known, with blanks and line ends as a key file has them. */
export const KNOWN_VALUE: string = [
  'registered words',
  'over several lines,',
  'of which none looks',
  'like a secret',
].join('\n');
/** A registered value in one word. */
export const KNOWN_WORD: string = ['rather', 'plain', 'but', 'registered'].join('.');

/** `length` characters of a set, others for every seed; the second one is a digit where the set has digits. */
export function drawn(set: SetName, length: number, seed: number): string {
  const characters = SETS[set];
  let state = (seed * 2_654_435_761 + length * 40_503 + 12_345) % 2_147_483_648;
  let out = '';
  for (let i = 0; i < length; i++) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    const from = i === 0 || i === length - 1 ? characters.replace(/[^A-Za-z0-9]/g, '') : characters;
    out += from[Math.floor((state / 2_147_483_648) * from.length)];
  }
  return set === 'letters' || out.length < 4 ? out : `${out[0]}4${out.slice(2)}`;
}

function token(name: string, make: (seed: number) => string): PlantKind {
  return {
    name,
    needs: 'anywhere',
    make(seed) {
      const text = make(seed);
      return { text, hidden: [text] };
    },
  };
}

function within(
  name: string,
  needs: PlantKind['needs'],
  make: (seed: number) => readonly [before: string, secret: string, behind: string],
): PlantKind {
  return {
    name,
    needs,
    make(seed) {
      const [before, secret, behind] = make(seed);
      return { text: before + secret + behind, hidden: secret.split(/\\?\n\s*|\\n/).filter((line) => line.length > 9) };
    },
  };
}

const digits = (length: number, seed: number): string =>
  drawn('hex', length, seed).replace(/[a-f]/g, (letter) => String(letter.charCodeAt(0) % 10));
const edge = (side: 'BEGIN' | 'END', label: string): string => `${'-'.repeat(5)}${side} ${label}${'-'.repeat(5)}`;
const keyLines = (seed: number, lines: number): string[] =>
  Array.from({ length: lines }, (_, i) => drawn('base64', i === lines - 1 ? 36 : 64, seed * 100 + i));
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const phrase = (seed: number): string => [0, 1, 2, 3].map((i) => drawn('letters', 7, seed * 10 + i)).join(' ');

/** Secrets that are known by their content, wherever they stand. */
export const TOKENS: readonly PlantKind[] = [
  token('github', (seed) => `gh${'p_'}${drawn('alnum', 36, seed)}`),
  token('github fine-grained', (seed) => `github${'_pat_'}${drawn('alnum', 22, seed)}_${drawn('alnum', 59, seed + 1)}`),
  token('gitlab', (seed) => `gl${'pat-'}${drawn('alnum', 20, seed)}`),
  token('aws', (seed) => `AK${'IA'}${drawn('base32', 16, seed)}`),
  token('google', (seed) => `AI${'za'}${drawn('alnum', 35, seed)}`),
  token('stripe', (seed) => `sk${'_live_'}${drawn('alnum', 24, seed)}`),
  token('slack', (seed) => `xo${'xb-'}${digits(12, seed)}-${drawn('alnum', 24, seed)}`),
  token('openai', (seed) => `sk-${'proj-'}${drawn('alnum', 80, seed)}`),
  token('anthropic', (seed) => `sk-${'ant-'}api03-${drawn('alnum', 93, seed)}`),
  token('npm', (seed) => `np${'m_'}${drawn('alnum', 36, seed)}`),
  token('sendgrid', (seed) => `S${'G.'}${drawn('alnum', 22, seed)}.${drawn('alnum', 43, seed + 1)}`),
  token('vault', (seed) => `hv${'s.'}${drawn('alnum', 95, seed)}`),
  token('grafana', (seed) => `gl${'sa_'}${drawn('alnum', 32, seed)}_${drawn('hex', 8, seed)}`),
  token('telegram', (seed) => `${digits(10, seed)}:${'AA'}${drawn('alnum', 33, seed)}`),
  token('azure', (seed) => `${drawn('alnum', 3, seed)}8${'Q~'}${drawn('alnum', 34, seed)}`),
  token('jwt', (seed) => [part({ alg: 'HS256', typ: 'JWT' }), part({ sub: seed }), drawn('alnum', 43, seed)].join('.')),
  token('bot', (seed) => `M${drawn('alnum', 23, seed)}.${drawn('alnum', 6, seed)}.${drawn('alnum', 38, seed)}`),
  token('bcrypt', (seed) => `$2${'b$'}12$${drawn('alnum', 53, seed)}`),
  within('webhook', 'anywhere', (seed) => [
    `https://discord.com/api/webhooks/1${digits(17, seed)}/`,
    drawn('alnum', 68, seed),
    '',
  ]),
  within('url', 'anywhere', (seed) => ['postgres://app:', drawn('alnum', 14, seed), '@db.internal:5432/shop']),
  within('long url', 'anywhere', (seed) => ['amqps://svc:', drawn('alnum', 90, seed), '@mq.internal/%2f']),
];

/** Secrets that are known by what stands around them. */
export const IN_CONTEXT: readonly PlantKind[] = [
  within('assignment', 'line', (seed) => ['password=', drawn('alnum', 16, seed), ' ']),
  within('header', 'line', (seed) => ['Authorization: Bearer ', drawn('alnum', 40, seed), ' ']),
  within('basic', 'line', (seed) => [
    'Authorization: Basic ',
    Buffer.from(`app:${drawn('alnum', 18, seed)}`).toString('base64'),
    ' ',
  ]),
  within('json', 'line', (seed) => ['{"api_key": "', drawn('hex', 32, seed), '", "x": 1} ']),
  within('json in json', 'line', (seed) => ['{"body":"{\\"client_secret\\":\\"', drawn('alnum', 40, seed), '\\"}"} ']),
  within('words in quotes', 'line', (seed) => ['{"passphrase": "', phrase(seed), '"} ']),
  within('list', 'line', (seed) => ['{"tokens": ["a1", "', drawn('lower', 30, seed), '"]} ']),
  within('group', 'line', (seed) => ['{"credentials": {"user": "ann", "p": "', drawn('lower', 20, seed), '"}} ']),
  within('flag', 'line', (seed) => ['$ deploy --token ', drawn('alnum', 30, seed), ' --force ']),
  within('query', 'line', (seed) => ['GET /v1/users?x=1&access_token=', drawn('alnum', 32, seed), '&y=2 ']),
  within('connection', 'line', (seed) => ['Server=db;User Id=sa;Password=', drawn('alnum', 16, seed), ';Encrypt=yes ']),
  within('cookies', 'lines', (seed) => ['Cookie: lang=de; sid=', drawn('hex', 40, seed), '; theme=dark\n']),
  within('words of a key', 'lines', (seed) => ['\npassphrase: ', phrase(seed), '\n']),
  within('block', 'lines', (seed) => ['\npassword: |\n  ', phrase(seed), `\n  ${phrase(seed + 1)}\nhost: db\n`]),
  within('list below', 'lines', (seed) => ['\ntokens:\n  - ', drawn('lower', 30, seed), `\nhost: db\n`]),
  within('pem', 'lines', (seed) => [
    `\n${edge('BEGIN', 'RSA PRIVATE KEY')}\n`,
    keyLines(seed, 26).join('\n'),
    `\n${edge('END', 'RSA PRIVATE KEY')}\n`,
  ]),
  within('pem in json', 'line', (seed) => [
    `{"private_key": "${edge('BEGIN', 'PRIVATE KEY')}\\n`,
    keyLines(seed, 26).join('\\n'),
    `\\n${edge('END', 'PRIVATE KEY')}\\n"} `,
  ]),
  within('putty', 'lines', (seed) => ['\nPrivate-Lines: 14\n', keyLines(seed, 14).join('\n'), '\nPrivate-MAC: 1\n']),
  {
    name: 'known value',
    needs: 'lines',
    make: () => ({ text: `\n${KNOWN_VALUE}\n`, hidden: KNOWN_VALUE.split('\n') }),
  },
  { name: 'known word', needs: 'line', make: () => ({ text: `${KNOWN_WORD} `, hidden: [KNOWN_WORD] }) },
];

export const PLANTS: readonly PlantKind[] = [...TOKENS, ...IN_CONTEXT];

/** So many characters of a secret in a row are a leak. */
const RUN_CHARS = 10;

/** The first run of ten characters of a hidden text that shows, however it is escaped; undefined where none does. */
export function traceIn(haystack: string, hidden: Iterable<string>): string | undefined {
  const plain = plainly(haystack);
  for (const secret of hidden) {
    // Every run of ten holds one of these pieces of five.
    for (let at = 0; at + 5 <= secret.length; at += 5) {
      if (!plain.includes(secret.slice(at, at + 5))) continue;
      for (let from = Math.max(0, at - 5); from <= at && from + RUN_CHARS <= secret.length; from++) {
        const run = secret.slice(from, from + RUN_CHARS);
        if (plain.includes(run)) return run;
      }
    }
  }
  return undefined;
}

let lastText = '';
let lastPlain = '';

/** The text and what it is without escapes. Kept, because many secrets are looked for in the same one. */
function plainly(text: string): string {
  if (text !== lastText) {
    lastText = text;
    lastPlain = [text, text.replaceAll('\\', '').replaceAll('\u200b', ''), decoded(text)].join('\n');
  }
  return lastPlain;
}

function decoded(text: string): string {
  return text.includes('%')
    ? text.replace(/%[0-9A-Fa-f]{2}/g, (hex) => String.fromCharCode(Number.parseInt(hex.slice(1), 16)))
    : '';
}
