// What somebody who wants to know can read in an output: as it stands, and with every encoding taken off again.

/** Every text in a value: keys, values, messages, bytes. */
export function textsOf(value) {
  const out = [];
  const seen = new Set();
  const visit = (item) => {
    if (item === null || item === undefined) return;
    if (typeof item === 'symbol') out.push(item.description ?? '');
    else if (typeof item !== 'object') out.push(String(item));
    else if (!seen.has(item)) {
      seen.add(item);
      try {
        open(item);
      } catch {
        // A copy that is none (a Map without its entries) shows nothing.
      }
    }
  };
  const open = (item) => {
    if (ArrayBuffer.isView(item))
      return out.push(Buffer.from(item.buffer, item.byteOffset, item.byteLength).toString('utf8'));
    if (item instanceof Map) for (const pair of item) pair.forEach(visit);
    else if (item instanceof Set || item instanceof URLSearchParams || item instanceof Headers)
      for (const inner of item) visit(inner);
    else if (item instanceof URL || item instanceof String || item instanceof Number) out.push(String(item));
    if (typeof item.toJSON === 'function' && !(item instanceof Date)) visit(item.toJSON());
    if (item instanceof Error) for (const key of ['name', 'message', 'stack', 'cause', 'errors']) visit(item[key]);
    if (Array.isArray(item) && item.length > 4 && item.every(Number.isInteger))
      out.push(Buffer.from(item).toString('utf8'));
    for (const key of Reflect.ownKeys(item)) {
      if (item instanceof String || Object.getOwnPropertyDescriptor(item, key)?.enumerable !== true) continue;
      if (!Array.isArray(item)) visit(key);
      visit(item[key]);
    }
  };
  visit(value);
  return out;
}

const INVISIBLE = /[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]|\u001b\[[0-9;]*[A-Za-z]/g;
const NAMED = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", lowbar: '_', hyphen: '-', period: '.' };

const codePoint = (digits, base) => String.fromCodePoint(Number.parseInt(digits, base) % 0x110000);

/** Whether there is anything to decode, and how. */
const DECODERS = [
  [/[^\x20-\x7e\n]/, (text) => text.replace(INVISIBLE, '').normalize('NFKC')],
  [/%[0-9a-f]{2}/i, (text) => text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => fromHex(run.replaceAll('%', '')))],
  [/[=&]\S*\+/, (text) => text.replaceAll('+', ' ')],
  [
    /\\[ux][0-9a-f]{2}/i,
    (text) => text.replace(/\\u([0-9a-f]{4})|\\x([0-9a-f]{2})/gi, (_, u, x) => codePoint(u ?? x, 16)),
  ],
  [
    /&[#\w]{2,8};/,
    (text) =>
      text.replace(/&(?:#(\d{1,6})|#x([0-9a-f]{1,6})|(\w{2,8}));/gi, (all, decimal, hex, name) => {
        if (decimal || hex) return codePoint(decimal ?? hex, decimal ? 10 : 16);
        return NAMED[name] ?? all;
      }),
  ],
  [/\\["'\\/`_*~nrt]/, (text) => text.replace(/\\(["'\\/`_*~])/g, '$1').replace(/\\[nrt]/g, '\n')],
  [/''|""/, (text) => text.replaceAll("''", "'").replaceAll('""', '"')],
  [/[A-Za-z0-9+/_-]{8}/, base64Texts],
];

const fromHex = (digits) => Buffer.from(digits, 'hex').toString('utf8');

/** What stands in base64, also where its beginning was cut off: only what is a text when decoded. */
function base64Texts(text) {
  const found = [];
  for (const [run] of text.matchAll(/[A-Za-z0-9+/_-]{8,}/g)) {
    for (let cut = 0; cut < (run.length < 24 ? 1 : 4); cut++) {
      const decoded = Buffer.from(run.slice(cut), 'base64').toString('utf8');
      if (!/[^\t\n\r\x20-\x7e\u00a0-\ufffc]/.test(decoded)) found.push(decoded);
    }
  }
  return found.length === 0 ? text : found.join('\n');
}

/** The output, and what it becomes under up to three decodings one after the other. */
export function readingsOf(output) {
  const flat = typeof output === 'string' ? output : textsOf(output).join('\n');
  const readings = new Set([flat]);
  let fresh = [flat];
  for (let depth = 0; depth < 3 && fresh.length > 0; depth++) {
    const next = [];
    for (const text of fresh) {
      for (const [isThere, decode] of DECODERS) {
        const decoded = isThere.test(text) ? decode(text) : text;
        if (decoded === text || readings.has(decoded)) continue;
        readings.add(decoded);
        next.push(decoded);
      }
    }
    fresh = next;
  }
  return [...readings];
}
