import { isCodePlace } from './normalise-number.ts';

/** Words with digits that are no ids. */
const TECHNICAL =
  /^(?:utf\d+(?:mb\d)?|sha\d+|md5|rsa\d*|aes\d+|[rhep]s(?:256|384|512)|ed25519|secp256[kr]1|x509|u?int\d+|float\d+|base\d+|iso\d+|cp125\d|windows125\d|h26[45]|es20\d\d|http\d|ipv[46])$/i;
/** States of SQL with a letter in them, as PostgreSQL and MySQL use them. https://www.postgresql.org/docs/current/errcodes-appendix.html */
const SQL_STATE = /^(?:\d[A-Z]000|\d\dP\d\d|P0\d{3}|(?:HY|XX|HV|IM)\d{3})$/;
/** A small letter alone between capitals: no camel case. */
const RANDOM_CASE = /[A-Z][a-z][A-Z]/;

/** A run of letters and digits: a word stays, a random id goes. */
export function normaliseRun(run: string, before: string): string {
  const digits = countDigits(run);
  if (digits === 0) {
    const isRandom = run.length >= 16 && /^[0-9a-f]+$/.test(run);
    // `cus_NffrFeUfNVeHib`: a short prefix and a long random rest.
    return isRandom || (before.endsWith('_') && run.length >= 12 && RANDOM_CASE.test(run)) ? '*' : run;
  }
  if (TECHNICAL.test(run) || SQL_STATE.test(run) || isCodePlace(before)) return run;
  if (run.length >= 6 && digits < run.length && /^[0-9A-Fa-f]+$/.test(run)) return '*';
  const changes = countChanges(run);
  if (changes >= 3 && run.length >= 5) return '*';
  if (before.endsWith('_') && run.length >= 10 && (changes >= 2 || RANDOM_CASE.test(run))) return '*';
  return run.replace(/\d{3,}/g, '*');
}

function countDigits(run: string): number {
  let digits = 0;
  for (let i = 0; i < run.length; i++) if (isDigit(run.charCodeAt(i))) digits++;
  return digits;
}

/** How often digits and letters take turns: words have one number in them at most, random ids many. */
function countChanges(run: string): number {
  let changes = 0;
  for (let i = 1; i < run.length; i++) {
    if (isDigit(run.charCodeAt(i)) !== isDigit(run.charCodeAt(i - 1))) changes++;
  }
  return changes;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

// Random ids whose alphabet has `-` and `_`: base64url of at least 32 characters, and nanoid's 21.
// https://github.com/ai/nanoid#readme
const LONG_ID = /(?<![\w-])[\w-]{21}(?![\w-])|(?<![\w-])[\w-]{32,}={0,2}|(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{32,}={1,2}/g;

/** The text without random ids whose alphabet has more than letters and digits. */
export function dropLongIds(text: string): string {
  return text.replace(LONG_ID, (match) => {
    const isRandom = /[A-Z]/.test(match) && /[a-z]/.test(match) && countChanges(match) >= Math.max(3, match.length / 8);
    return isRandom ? '*' : match;
  });
}
