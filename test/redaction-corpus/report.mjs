import { inspect } from 'node:util';

const percent = (share) => `${(share * 100).toFixed(2)} %`;

/** A value on a few lines at most. */
export function shown(value, maxLength = 700) {
  const text = typeof value === 'string' ? value : inspect(value, { depth: 30, breakLength: 120, maxArrayLength: 40 });
  return text.length > maxLength ? `${text.slice(0, maxLength)}… (${text.length} characters)` : text;
}

/** The four figures on one line. */
export const figures = (result) =>
  `recall ${percent(result.recall)} of ${result.cases}, context kept ${percent(result.kept)}, benign changed ${percent(result.changedShare)} of ${result.benign}, kinds below 95 %: ${result.kinds.filter((row) => row.recall < 0.95).length}`;

/**
 * The worst kinds and contexts with the ids of examples, for a failed test.
 * @param {ReturnType<typeof import('./score.mjs').score>} result
 */
export function worst(result, count = 10) {
  const rows = (table, key) =>
    table
      .filter((row) => row.recall < 1)
      .slice(0, count)
      .map((row) => {
        const ids = result.failures.filter(({ example, leaked }) => leaked && example[key] === row.id).slice(0, 3);
        return `  ${percent(row.recall).padStart(8)} of ${String(row.of).padStart(4)}  ${row.id}   e.g. ${ids.map(({ example }) => example.id).join(', ')}`;
      });
  const lost = result.failures.filter(({ lost: parts }) => parts.length > 0).slice(0, count);
  return [
    figures(result),
    'kinds:',
    ...rows(result.kinds, 'kind'),
    'contexts:',
    ...rows(result.contexts, 'context'),
    'context lost:',
    ...lost.map(({ example, lost: parts }) => `  ${example.id}: ${parts.join(' | ')}`),
    'benign changed:',
    ...result.changed
      .slice(0, count)
      .map(({ id, text, output }) => `  ${id}: ${shown(text, 200)} → ${shown(output, 200)}`),
  ].join('\n');
}
