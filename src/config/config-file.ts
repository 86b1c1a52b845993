import type { Clock } from '../clock.ts';
import type { Finding } from './finding.ts';
import { describePath, errorCode } from './shown-value.ts';
import { describeReadFailure, MAX_FILE_BYTES, READ_TIMEOUT_MS, withinTime } from './text-file.ts';

/** The most often that YAML aliases may be expanded, so that a small file cannot become a huge document. */
const MAX_ALIASES = 100;

/** The keys of a config file, or why there are none. */
export type ConfigFileResult =
  | { readonly ok: true; readonly document: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly finding: Finding };

/**
 * Reads a YAML or JSON config file: JSON when it is named `.json` or starts with `{`, else YAML 1.2. The YAML parser is loaded only
 * for a YAML file. Never rejects. Findings name line and column, never the text there: it may be a secret.
 */
export async function readConfigFile(
  absolute: string,
  readFile: (path: string) => Promise<string> | string,
  clock: Clock,
): Promise<ConfigFileResult> {
  const shownPath = describePath(absolute);
  let text: string;
  try {
    text = await withinTime(readFile(absolute), READ_TIMEOUT_MS, clock);
    if (typeof text !== 'string') throw new Error('not a text');
    if (Buffer.byteLength(text) > MAX_FILE_BYTES) throw Object.assign(new Error('too large'), { code: 'EFBIG' });
  } catch (error) {
    return refuse(
      `the file ${shownPath}, which ${describeReadFailure(error)}`,
      'Check the path and that the user of this process may read it.',
    );
  }
  text = text.replace(/^\uFEFF/, '');
  if (text.trim() === '') return refuse(`the file ${shownPath}, which is empty`, 'Fill it, or remove the setting.');
  const isJson = /\.json$/i.test(absolute) || text.trimStart().startsWith('{');
  const parsed = isJson ? parseJson(text) : await parseYaml(text);
  if ('fault' in parsed) return refuse(`the file ${shownPath}, which is not valid ${parsed.fault}`, parsed.remedy);
  const { document } = parsed;
  if (typeof document === 'object' && document !== null && !Array.isArray(document)) {
    return { ok: true, document: document as Record<string, unknown> };
  }
  return refuse(`the file ${shownPath}, which holds no keys`, 'Write one key per line: minPriority: P2.');
}

function refuse(found: string, remedy: string): ConfigFileResult {
  return { ok: false, finding: { found, expected: 'a YAML or JSON config file', remedy } };
}

type Parsed = { readonly document: unknown } | { readonly fault: string; readonly remedy: string };

function parseJson(text: string): Parsed {
  try {
    return { document: JSON.parse(text) };
  } catch (error) {
    // V8 quotes the surroundings of the fault; only the position is taken.
    const position = error instanceof Error ? /at position (\d{1,9})/.exec(error.message)?.[1] : undefined;
    const remedy = 'JSON knows no comments and no comma behind the last entry; YAML does.';
    if (position === undefined) return { fault: 'JSON', remedy };
    const before = text.slice(0, Number(position)).split('\n');
    return { fault: `JSON at line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`, remedy };
  }
}

async function parseYaml(text: string): Promise<Parsed> {
  const { LineCounter, parseDocument } = await import('yaml');
  try {
    const lines = new LineCounter();
    const yaml = parseDocument(text, { schema: 'core', prettyErrors: false, logLevel: 'silent', lineCounter: lines });
    const [fault] = yaml.errors;
    if (fault === undefined) return { document: yaml.toJS({ maxAliasCount: MAX_ALIASES }) as unknown };
    const { line, col } = lines.linePos(fault.pos[0]);
    const remedy =
      errorCode(fault) === 'DUPLICATE_KEY'
        ? 'Write every key once.'
        : 'Check the indentation there, and put values that start with @, *, & or { into quotes.';
    return { fault: `YAML at line ${line}, column ${col}`, remedy };
  } catch {
    return { fault: 'YAML (too deep, or too many aliases)', remedy: 'Write it out plainly.' };
  }
}
