import { benign, cases } from '../../test/redaction-corpus/index.mjs';

/** One text in so many holds a secret; logs have fewer. */
export const TEXTS_PER_SECRET = 10;

/** What services write all day. */
const GROUPS = new Set([
  'logs of tools',
  'traces',
  'traces of programs',
  'queries',
  'uuids',
  'resource ids',
  'configurations',
  'tables',
]);

/** Log texts of this length, always the same: JSON lines, traces, queries, lines of servers. */
export function logTexts(length, count) {
  const lines = [...benign('speed', 12)].filter(({ group }) => GROUPS.has(group)).map(({ text }) => text);
  const secrets = [...cases('speed', 600)].map(({ input }) => input).filter((input) => typeof input === 'string');
  let next = 0;
  // Far from each other in the list, so that neighbours are of different groups.
  const line = () => lines[(next++ * 7_919) % lines.length];
  return Array.from({ length: count }, (_, index) => {
    const parts = [];
    if (index % TEXTS_PER_SECRET === 0) parts.push(secrets[index % secrets.length].slice(0, length));
    let total = parts.join('\n').length;
    while (total < length) {
      parts.push(line());
      total += parts.at(-1).length + 1;
    }
    // The secret stands in the middle, and is not what is cut off.
    const [first, ...rest] = parts;
    const middle = index % TEXTS_PER_SECRET === 0 ? Math.floor(rest.length / 2) : 0;
    return [...rest.slice(0, middle), first, ...rest.slice(middle)].join('\n').slice(0, length);
  });
}
