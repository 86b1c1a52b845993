import { fileURLToPath, pathToFileURL } from 'node:url';
import { types } from 'node:util';
import type { Clock } from '../clock.ts';
import type { LoadedProcessors } from '../redact-processors.ts';
import type { RedactProcessor } from '../redactable-alert.ts';
import { absolutePath, type PathHost } from './file-path.ts';
import type { Finding, ValueType } from './finding.ts';
import type { ProblemList } from './problem-list.ts';
import { MAX_VALUE_CHARS } from './schema-type.ts';
import { describeFound, describePath, errorCode } from './shown-value.ts';
import { READ_TIMEOUT_MS, withinTime } from './text-file.ts';

/** A function, or the path of a module, with its place in the list it was written in. */
export interface NumberedProcessor {
  readonly index: number;
  readonly processor: string | RedactProcessor;
}

/** The most functions, those of modules counted one by one. */
export const MAX_PROCESSORS = 32;
const MAX_PATH_CHARS = 4_096;

const EXPECTED = 'a JavaScript module whose default export is a function, or a list of functions';
const MEANWHILE = 'until then every alert goes out without its texts.';

/**
 * Paths of modules, and in code functions. There is always a value, if only an empty one: what is wrong here must not make another
 * place count instead.
 */
export const redactProcessorsType: ValueType<readonly NumberedProcessor[]> = {
  syntax: 'paths of modules, comma list; in code functions too',
  read(value) {
    const list = typeof value === 'string' ? splitPaths(value) : typeof value === 'function' ? [value] : value;
    if (!Array.isArray(list)) return { value: [], findings: [wrong('', describeFound(value))] };
    const findings: Finding[] = [];
    const processors: NumberedProcessor[] = [];
    if (list.length > MAX_PROCESSORS) findings.push(tooMany(list.length));
    for (const [index, entry] of list.slice(0, MAX_PROCESSORS).entries()) {
      if (typeof entry === 'function') processors.push({ index, processor: entry as RedactProcessor });
      else if (isPath(entry)) processors.push({ index, processor: entry.trim() });
      else findings.push(wrong(`[${index}]`, describeFound(entry)));
    }
    return { value: processors, findings };
  },
};

function splitPaths(text: string): readonly string[] {
  return text
    .slice(0, MAX_VALUE_CHARS)
    .split(',')
    .filter((path) => path.trim() !== '');
}

function isPath(entry: unknown): entry is string {
  return (
    typeof entry === 'string' && entry.trim() !== '' && entry.length <= MAX_PATH_CHARS && !/\p{Cc}/u.test(entry.trim())
  );
}

function wrong(at: string, found: string): Finding {
  return { at, found, expected: EXPECTED, remedy: `Correct it; ${MEANWHILE}` };
}

function tooMany(count: number): Finding {
  return {
    found: `${count} processors`,
    expected: `at most ${MAX_PROCESSORS}`,
    remedy: `Call several from one; ${MEANWHILE}`,
  };
}

/** Loads a module by its `file:` address. */
export type ImportModule = (url: string) => Promise<unknown>;

/** What loading needs of the world. */
export interface ProcessorLoading {
  /** The list as the user wrote it: `redactProcessors`. */
  readonly key: string;
  readonly baseDir: string;
  readonly host: PathHost;
  readonly clock: Clock;
  readonly importModule?: ImportModule | undefined;
}

/**
 * Loads what was named, each module at most {@link READ_TIMEOUT_MS}. Never rejects. Of an error in a module nothing but its code is
 * told: its message may quote anything.
 */
export async function loadProcessors(
  numbered: readonly NumberedProcessor[],
  loading: ProcessorLoading,
  problems: ProblemList,
): Promise<LoadedProcessors> {
  const { key } = loading;
  const loaded = await Promise.all(
    numbered.map(async ({ index, processor }): Promise<readonly RedactProcessor[] | Finding> => {
      if (typeof processor === 'string') return loadModule(processor, loading, `[${index}]`);
      return isAsync(processor) ? wrong(`[${index}]`, ASYNC) : [processor];
    }),
  );
  const findings = loaded.filter((each): each is Finding => 'found' in each);
  const run = loaded.flatMap((each) => ('found' in each ? [] : each));
  if (run.length > MAX_PROCESSORS) findings.push(tooMany(run.length));
  for (const { at = '', ...finding } of findings) problems.add({ key: `${key}${at}`, ...finding });
  return { run: run.slice(0, MAX_PROCESSORS), isBroken: findings.length > 0 };
}

const ASYNC = 'a function that answers with a Promise';

const importFile: ImportModule = (url) => import(url);

async function loadModule(
  path: string,
  { baseDir, host, clock, importModule = importFile }: ProcessorLoading,
  at: string,
): Promise<readonly RedactProcessor[] | Finding> {
  const isAddress = /^file:/i.test(path);
  const absolute = isAddress ? path : absolutePath(path, baseDir, host);
  const shown = `the module ${describePath(isAddress ? pathOf(path) : absolute)}`;
  let exported: unknown;
  try {
    const url = isAddress ? path : pathToFileURL(absolute).href;
    exported = defaultExportOf(await withinTime(importModule(url), READ_TIMEOUT_MS, clock));
  } catch (error) {
    return wrong(at, `${shown}, which ${describeImportFailure(error)}`);
  }
  const list: readonly unknown[] = Array.isArray(exported) ? exported : [exported];
  if (list.length === 0) return wrong(at, `${shown}, which exports an empty list`);
  if (list.some(isAsync)) return wrong(at, `${shown}, which exports ${ASYNC}`);
  if (list.every((each): each is RedactProcessor => typeof each === 'function')) return list;
  return wrong(at, `${shown}, which has no function as its default export`);
}

/** A module in CommonJS that was compiled from an ES module has its default export one level deeper. */
function defaultExportOf(module: unknown): unknown {
  const exported = (module as { readonly default?: unknown } | undefined)?.default;
  if (typeof exported !== 'object' || exported === null || Array.isArray(exported)) return exported;
  return (exported as { readonly default?: unknown }).default;
}

function isAsync(value: unknown): boolean {
  return types.isAsyncFunction(value);
}

function pathOf(address: string): string {
  try {
    return fileURLToPath(address);
  } catch {
    return '://';
  }
}

const IMPORT_FAILURES: ReadonlyMap<string, string> = new Map([
  ['ERR_MODULE_NOT_FOUND', 'does not exist, or imports something that does not'],
  ['MODULE_NOT_FOUND', 'requires something that does not exist'],
  ['ERR_UNSUPPORTED_DIR_IMPORT', 'is a directory'],
  ['ERR_UNKNOWN_FILE_EXTENSION', 'is no JavaScript that this Node loads'],
  ['ERR_ACCESS_DENIED', 'must not be read'],
  ['ETIMEDOUT', `did not load within ${READ_TIMEOUT_MS / 1_000} s`],
]);

function describeImportFailure(error: unknown): string {
  if (types.isNativeError(error) && error.name === 'SyntaxError') return 'has a syntax error';
  const code = errorCode(error);
  return (
    (code === undefined ? undefined : IMPORT_FAILURES.get(code)) ??
    `could not be loaded${code === undefined ? '' : ` (${code})`}`
  );
}
