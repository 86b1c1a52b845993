import { readingsOf } from './readable.mjs';

const RUN = 10;
const SHORT_RUN = 6;

/** A part of the secret that can be read: ten characters in a row; of a shorter one six, or all of it. */
export function readablePart(readings, secret) {
  const length = secret.length >= RUN ? RUN : Math.min(secret.length, SHORT_RUN);
  const isNumber = secret.length < SHORT_RUN && /^\d+$/.test(secret);
  for (let at = 0; at + length <= secret.length; at++) {
    const part = secret.slice(at, at + length);
    if (readings.some((text) => (isNumber ? hasNumber(text, part) : text.includes(part)))) return part;
  }
  return undefined;
}

/** A short number counts where it stands alone: in `14821` nobody sees the PIN 4821. */
function hasNumber(text, digits) {
  for (let at = text.indexOf(digits); at >= 0; at = text.indexOf(digits, at + 1)) {
    if (!/[0-9A-Za-z]/.test(text.charAt(at - 1) + text.charAt(at + digits.length))) return true;
  }
  return false;
}

/**
 * What is wrong with the output for a case: the part that leaks, and what is lost that should have stayed.
 * @param {import('./cases.mjs').Case} example
 * @param {unknown} output
 */
export function judge(example, output) {
  const readings = readingsOf(output);
  let leaked;
  for (const secret of example.secrets) leaked ??= readablePart(readings, secret);
  return { leaked, lost: example.kept.filter((part) => !readings.some((text) => text.includes(part))) };
}

/** Recall, context kept and benign texts left alone, over cases and benign texts. */
export function score(redact, examples, benign = []) {
  const byKind = new Map();
  const byContext = new Map();
  const failures = [];
  let kept = 0;
  let keptOf = 0;
  let found = 0;
  let all = 0;
  for (const example of examples) {
    const output = redact(example.input);
    const { leaked, lost } = judge(example, output);
    all++;
    if (leaked === undefined) found++;
    keptOf += example.kept.length;
    kept += example.kept.length - lost.length;
    count(byKind, example.kind, leaked === undefined, lost.length, example.kept.length);
    count(byContext, example.context, leaked === undefined, lost.length, example.kept.length);
    if (leaked !== undefined || lost.length > 0) failures.push({ example, output, leaked, lost });
  }
  const changed = [];
  let benignOf = 0;
  for (const { id, text } of benign) {
    benignOf++;
    const output = redact(text);
    if (output !== text) changed.push({ id, text, output });
  }
  return {
    cases: all,
    recall: found / all,
    kept: kept / keptOf,
    benign: benignOf,
    changedShare: benignOf === 0 ? 0 : changed.length / benignOf,
    changed,
    failures,
    kinds: sorted(byKind),
    contexts: sorted(byContext),
  };
}

function count(table, id, isFound, lost, keptOf) {
  const row = table.get(id) ?? { id, of: 0, found: 0, lost: 0, keptOf: 0 };
  row.of++;
  if (isFound) row.found++;
  row.lost += lost;
  row.keptOf += keptOf;
  table.set(id, row);
}

/** The worst first. */
const sorted = (table) =>
  [...table.values()]
    .map((row) => ({ ...row, recall: row.found / row.of }))
    .sort((a, b) => a.recall - b.recall || b.of - a.of);
