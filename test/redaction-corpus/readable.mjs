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
      open(item);
    }
  };
  const open = (item) => {
    if (ArrayBuffer.isView(item))
      return out.push(Buffer.from(item.buffer, item.byteOffset, item.byteLength).toString('utf8'));
    if (item instanceof Map) for (const pair of item) pair.forEach(visit);
    else if (item instanceof Set || item instanceof URLSearchParams || item instanceof Headers)
      for (const inner of item) visit(inner);
    else if (item instanceof URL || item instanceof String || item instanceof Number) out.push(String(item));
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

const decoders = [
  (text) => text.replace(INVISIBLE, '').normalize('NFKC'),
  (text) =>
    text.replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))).replaceAll('+', ' '),
  (text) => utf8Of(text.replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))),
  (text) =>
    text.replace(/\\u([0-9a-f]{4})|\\x([0-9a-f]{2})/gi, (_, u, x) => String.fromCharCode(Number.parseInt(u ?? x, 16))),
  (text) =>
    text.replace(/&#(\d{1,6});|&#x([0-9a-f]{1,6});|&(\w{2,8});/gi, (all, dec, hex, name) =>
      dec
        ? String.fromCodePoint(Number(dec) % 0x110000)
        : hex
          ? String.fromCodePoint(Number.parseInt(hex, 16) % 0x110000)
          : (NAMED[name] ?? all),
    ),
  (text) => text.replace(/\\(["'\\/`_*~])/g, '$1').replace(/\\[nrt]/g, '\n'),
  (text) => text.replaceAll("''", "'").replaceAll('""', '"'),
  (text) =>
    text.replace(/[A-Za-z0-9+/_-]{8,}={0,2}/g, (run) => `${run} ${Buffer.from(run, 'base64').toString('utf8')}`),
];

function utf8Of(text) {
  return /[\u0080-\u00ff]/.test(text) && !/[^\u0000-\u00ff]/.test(text)
    ? Buffer.from(text, 'latin1').toString('utf8')
    : text;
}

/** The output, and what it becomes under up to three decodings one after the other. */
export function readingsOf(output) {
  const flat = typeof output === 'string' ? output : textsOf(output).join('\n');
  const readings = new Set([flat]);
  let fresh = [flat];
  for (let depth = 0; depth < 3 && fresh.length > 0; depth++) {
    const next = [];
    for (const text of fresh) {
      for (const decode of decoders) {
        const decoded = decode(text);
        if (decoded === text || readings.has(decoded)) continue;
        readings.add(decoded);
        next.push(decoded);
      }
    }
    fresh = next;
  }
  return [...readings];
}
