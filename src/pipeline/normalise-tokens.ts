import { CLOCK, DATE, DURATION, KLOG, UNITS } from './normalise-dates.ts';
import { normaliseAddress, partsOfUrl } from './normalise-host.ts';
import { type Mode, normaliseHex, normaliseNumber } from './normalise-number.ts';
import { kindOfQuoted } from './normalise-quoted.ts';
import { dropLongIds, normaliseRun } from './normalise-words.ts';

// Each alternative begins where no word goes on and repeats only over an alphabet that its neighbour does not share, so that the
// whole is one pass. The order matters: what is more special comes first.
const QUOTED = [
  '"[^"\\n]*"',
  // An apostrophe inside a name ends nothing: `'O'Brien'`.
  `(?<![A-Za-z0-9])'(?:[^'\\n]*|(?:[^'\\n]|'(?=[A-Za-z0-9])){1,100})'(?![A-Za-z0-9])`,
  // No opening mark inside: one that is never closed costs the way to the next one, not to the end.
  '“[^“”\\n]*”|‘[^‘’\\n]*’|„[^„“”"\\n]*[“”"]|«[^«»\\n]*»|»[^«»\\n]*«|「[^「」\\n]*」|『[^『』\\n]*』|`[^`\\n]*`',
].join('|');
const URL_TOKEN = `(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]{1,20}:\\/\\/[^\\s"'\`<>]+`;
const EMAIL = `(?<![\\w.+-])[\\w.+-]{1,64}@[\\w-]{1,63}(?:\\.[\\w-]{1,63}){0,8}\\.[A-Za-z]{2,24}`;
const UUID = `(?<![A-Za-z0-9])[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}(?![A-Za-z0-9])`;
const CODE = [
  // OpenSSL: `error:0A00010B:`. Mail: reply and enhanced status, `550 5.1.1` (RFC 3463).
  `(?<=(?<![A-Za-z])error:)[0-9A-F]{8}(?=:)`,
  `(?<![A-Za-z0-9.])[245]\\d{2}[ -][245]\\.\\d{1,2}\\.\\d{1,2}(?![A-Za-z0-9.]*[A-Za-z0-9])`,
  // Vendors whose codes look like ids: `ORA-00942`, `SQL0911N`, `AADSTS50034`, `E11000` (MongoDB), `P2002` (Prisma), `DEP0005`.
  `(?<![A-Za-z0-9])(?:(?:ORA|TNS|PLS|DPI|NJS|SQL|AADSTS|PGRST|TS|CS|MSB|ERR|DEP|HHH|WFLY[A-Z]{2,8}|NETSDK)[-_]?\\d{2,7}N?|E\\d{3,6}|P\\d{4}|(?:TLS|SSL)v\\d(?:\\.\\d)?)(?![A-Za-z0-9])`,
  // Regions of clouds.
  `(?<![A-Za-z0-9])(?:us|eu|ap|sa|ca|me|af|il|cn|mx)(?:-gov)?-[a-z]{4,12}-\\d(?![0-9])`,
].join('|');
const IP = [
  `(?<![A-Za-z0-9.])\\d{1,3}(?:\\.\\d{1,3}){3}(?:\\/\\d{1,2}|:\\d{1,5})?(?![A-Za-z0-9])`,
  `(?<![A-Za-z0-9:.])\\[?(?:[0-9A-Fa-f]{0,4}:){2,8}(?:[0-9A-Fa-f]{1,5}|\\d{1,3}(?:\\.\\d{1,3}){3})?(?:\\]?:\\d{1,5}|\\])?(?![A-Za-z0-9:])`,
].join('|');
const HEX = `(?<![A-Za-z0-9])0[xX][0-9A-Fa-f]+(?![A-Za-z0-9])`;
const IDS = [
  // Bytes that were printed because they are no text: `%E0%A4%A`, `\xF0\x9F`.
  `(?:%[0-9A-Fa-f]{2})+(?:%[0-9A-Fa-f]?(?![A-Za-z0-9]))?|(?:\\\\x[0-9A-Fa-f]{2})+`,
  // The identity hash of a Java object.
  `(?<=[A-Za-z0-9_\\]]@)[0-9a-f]{5,8}(?![A-Za-z0-9.@-])`,
  // The number of a bank account.
  `(?<![A-Za-z0-9])[A-Z]{2}\\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?(?![A-Za-z0-9])`,
  DURATION,
  `(?<![A-Za-z0-9])[vV]\\d{1,5}(?:\\.\\d{1,9}){1,4}(?![A-Za-z0-9])`,
].join('|');
const NUMBER = `(?:(?<=^|[\\s(=:,[])[-+])?(?<![A-Za-z0-9])\\d+(?:[.,]\\d+|['_]\\d{3}(?!\\d)){0,8}(?:[eE][+-]?\\d{1,3})?(?: ?${UNITS})?(?![A-Za-z0-9])`;

// Groups by position: an object of named ones for every word of a text takes longer than all the rest.
const TOKEN = new RegExp(
  `(${QUOTED})|(${URL_TOKEN})|${EMAIL}|${KLOG}|(${CODE})|${DATE}|${CLOCK}|${UUID}|(${IP})|(${HEX})|${IDS}|(${NUMBER})|([A-Za-z0-9]+)`,
  'gu',
);
const SHORT_WORD = /^[A-Za-z]{1,11}$/;

/** The text with everything replaced that is a quantity, an id or a value. `message` is the whole text around it. */
export function replaceTokens(raw: string, mode: Mode, message: string): string {
  type Group = string | undefined;
  const replace = (
    match: string,
    quoted: Group,
    url: Group,
    code: Group,
    ip: Group,
    hex: Group,
    number: Group,
    run: Group,
    offset: number,
    text: string,
  ): string => {
    if (code !== undefined || (run !== undefined && SHORT_WORD.test(match))) return match;
    if (url !== undefined) return normaliseUrl(match);
    if ((run ?? quoted ?? ip ?? hex ?? number) === undefined) return '*';
    const before = text.slice(Math.max(0, offset - 64), offset);
    if (run !== undefined) return normaliseRun(match, before);
    if (ip !== undefined) return normaliseAddress(match, before);
    if (hex !== undefined) return normaliseHex(match, before);
    const after = text.slice(offset + match.length, offset + match.length + 32);
    return quoted === undefined
      ? normaliseNumber(match, before, after, mode, message)
      : normaliseQuoted(match, before, after, message);
  };
  return dropLongIds(raw).replace(TOKEN, replace);
}

function normaliseQuoted(match: string, before: string, after: string, message: string): string {
  const kind = kindOfQuoted(match, before, after, message);
  if (kind === 'value') return '*';
  if (SHORT_WORD.test(match.slice(1, -1))) return match;
  const text = replaceTokens(match.slice(1, -1), kind === 'name' ? 'name' : 'text', '');
  return `${match.charAt(0)}${kind === 'replica' ? text.replace(/\d+/g, '*') : text}${match.at(-1)}`;
}

function normaliseUrl(url: string): string {
  const [scheme, host, path] = partsOfUrl(url);
  // A URL inside the path is path: a text of thousands would be gone through thousands of times.
  return `${scheme}${replaceTokens(host, 'text', '')}${replaceTokens(path.replaceAll('://', ':/'), 'text', '')}`;
}
