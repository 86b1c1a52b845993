import { types } from 'node:util';
import { CONFIG_KEYS, type ConfigKey, type SettingValues } from './config-keys.ts';
import type { Finding, Reading } from './finding.ts';
import type { ProblemList } from './problem-list.ts';
import type { Candidate, SettingPlace, SettingSources } from './setting-sources.ts';

/** The value of a key, and how it came about. */
export interface ReadSetting<T> {
  /** What stands: from the first place that is right, else the default. */
  readonly value: T | undefined;
  /** The key as the user wrote it, where the value is not the default. */
  readonly key: string | undefined;
  /** Where relative paths in the value start, where the value is not the default. */
  readonly baseDir: string | undefined;
  /** True when something wrong was written for it, anywhere. */
  readonly wrong: boolean;
}

/** Reads keys by name. What is wrong is listed once, however often a key is read. */
export interface SettingReader {
  /** `general` names a key that stands in for this one in the same place. `essential`: see `ProblemList.add`. */
  read<K extends keyof SettingValues>(
    path: K,
    weight?: 'plain' | 'essential',
    general?: keyof SettingValues,
  ): ReadSetting<SettingValues[K]>;
}

const PLACE_RANK: Readonly<Record<SettingPlace, number>> = { code: 0, environment: 1, file: 2 };

/**
 * Reads candidates by the table of keys. A value that holds one of the `secrets`, or any webhook's URL, is refused: whatever is read
 * here may be shown.
 */
export function createSettingReader(
  sources: SettingSources,
  problems: ProblemList,
  secrets: ReadonlySet<string>,
): SettingReader {
  return {
    read(path, weight = 'plain', general) {
      const row = CONFIG_KEYS[path];
      const candidates = [...sources.of(path), ...(general === undefined ? [] : sources.of(general))].sort(
        (a, b) => PLACE_RANK[a.place] - PLACE_RANK[b.place],
      );
      return settle(row, candidates, (candidate, finding, consequence, isSettled) => {
        const key = `${candidate.key}${finding.at ?? ''}`;
        const { found, expected } = finding;
        const problem = { key, found, expected, remedy: `${finding.remedy}${consequence}` };
        problems.add(problem, weight === 'essential' && !isSettled ? 'essential' : undefined);
      });
    },
  };

  function settle<T>(
    row: ConfigKey<T>,
    candidates: readonly Candidate[],
    report: (candidate: Candidate, finding: Finding, consequence: string, isSettled: boolean) => void,
  ): ReadSetting<T> {
    const read = candidates.map((candidate) => ({
      candidate,
      reading: readUnlessRefused(row, candidate.value, secrets),
    }));
    const firstWrong = read.findIndex(({ reading }) => reading.value === undefined);
    const firstRight = read.findIndex(({ reading }) => reading.value !== undefined);
    const countsAsWrong = row.whenWrong !== undefined && firstWrong >= 0 && (firstRight < 0 || firstWrong < firstRight);
    const chosen = countsAsWrong ? undefined : read[firstRight];
    for (const { candidate, reading } of read) {
      const consequence = reading.value === undefined ? consequenceOf(row, chosen?.candidate.key, countsAsWrong) : '';
      for (const finding of reading.findings) report(candidate, finding, consequence, chosen !== undefined);
    }
    const wrong = read.some(({ reading }) => reading.findings.length > 0);
    if (chosen !== undefined) {
      const { key, baseDir } = chosen.candidate;
      return { value: chosen.reading.value, key, baseDir, wrong };
    }
    const standIn = countsAsWrong ? row.whenWrong : row.default;
    return {
      value: standIn === undefined ? undefined : row.type.read(standIn).value,
      key: undefined,
      baseDir: undefined,
      wrong,
    };
  }
}

const SECRET_FOUND: Finding = {
  found: 'a text that holds a webhook or a token',
  expected: 'a text that may be shown',
  remedy: 'Put secrets only into the keys that are made for them.',
};

const NOT_PLAIN: Finding = {
  found: 'a value that is not plain, or nested too deep',
  expected: 'plain text, numbers, lists and objects',
  remedy: 'Write it plainly.',
};

function consequenceOf(row: ConfigKey<unknown>, chosenKey: string | undefined, countsAsWrong: boolean): string {
  if (countsAsWrong) return ` Until then it counts as ${row.whenWrong}.`;
  if (chosenKey !== undefined) return ` Until then ${chosenKey} stands.`;
  return row.default === undefined
    ? ' Until then it counts as not set.'
    : ` Until then the default (${row.default}) stands.`;
}

function readUnlessRefused<T>(row: ConfigKey<T>, value: unknown, secrets: ReadonlySet<string>): Reading<T> {
  let text: string | undefined;
  try {
    text = typeof value === 'string' ? value : JSON.stringify(value, withPatterns);
  } catch {
    return { findings: [NOT_PLAIN] };
  }
  return text !== undefined && holdsSecret(text, secrets) ? { findings: [SECRET_FOUND] } : row.type.read(value);
}

/** JSON shows nothing of a RegExp. */
function withPatterns(_key: string, value: unknown): unknown {
  return types.isRegExp(value) ? value.source : value;
}

function holdsSecret(text: string, secrets: ReadonlySet<string>): boolean {
  if (/\/webhooks\/\d{17,20}\/[A-Za-z0-9_-]{20}/.test(text)) return true;
  for (const secret of secrets) if (text.includes(secret)) return true;
  return false;
}
