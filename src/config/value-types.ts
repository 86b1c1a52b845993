import * as z from 'zod/mini';
import { PRIORITIES, type Priority } from '../priority.ts';
import { isReservedChannelName, MAX_CHANNEL_CHARS, parseChannelName } from './channel-name.ts';
import { formatDurationMs, parseDurationMs } from './duration.ts';
import type { Finding, ValueType } from './finding.ts';
import { parseFlag } from './flag.ts';
import { LINK_PLACEHOLDERS, readLinkTemplate } from './link-template.ts';
import { MENTION_SYNTAX, readMention } from './mention.ts';
import { isRedactPath, MAX_PATH_CHARS, splitPaths } from './redact-path.ts';
import type { MentionPolicy, Route } from './resolved-config.ts';
import { fromSchema, fromText, MAX_VALUE_CHARS, textSchema } from './schema-type.ts';
import { describeFound, showName } from './shown-value.ts';
import { parseApiBaseUrl } from './webhook-url.ts';

/** The most routes, the most matchers of one route, and the most entries of a list. */
export const MAX_ROUTES = 200;
export const MAX_MATCHERS = 16;
export const MAX_LIST_ENTRIES = 200;
/** The longest glob. */
export const MAX_GLOB_CHARS = 256;

const prioritySchema: z.ZodMiniType<Priority> = z.pipe(
  z.pipe(
    textSchema,
    z.transform((text) => text.toUpperCase()),
  ),
  z.enum(PRIORITIES as readonly [Priority, ...Priority[]]),
);

/** `P0` … `P3`, `DEV`, any case. */
export const priorityType: ValueType<Priority> = fromSchema(
  prioritySchema,
  '`P0` `P1` `P2` `P3` `DEV`',
  'one of P0, P1, P2, P3, DEV',
  'Correct it.',
);

/** `true` or `false` in any of their spellings. */
export const flagType: ValueType<boolean> = fromSchema(
  z.pipe(z.transform(parseFlag), z.boolean()),
  '`true` `false`',
  'true or false',
  'Correct it.',
);

/** `auto`, `true` or `false`. */
export const autoFlagType: ValueType<boolean | 'auto'> = fromSchema(
  z.pipe(
    z.transform((value) => (typeof value === 'string' && /^\s*auto\s*$/i.test(value) ? 'auto' : parseFlag(value))),
    z.union([z.boolean(), z.literal('auto')]),
  ),
  '`auto` `true` `false`',
  'auto, true or false',
  'Correct it.',
);

/** One of a few words, any case. Where `off` is one of them, `false` means it too. */
export function choiceType<T extends string>(words: readonly [T, ...T[]]): ValueType<T> {
  const schema = z.pipe(
    z.transform((value) => {
      if (value === false && (words as readonly string[]).includes('off')) return 'off';
      return typeof value === 'string' ? value.trim().toLowerCase() : value;
    }),
    z.enum(words),
  );
  const syntax = words.map((word) => `\`${word}\``).join(' ');
  return fromSchema(schema as z.ZodMiniType<T>, syntax, `one of ${words.join(', ')}`, 'Correct it.');
}

/** A whole number of milliseconds, without a unit. */
export function millisecondsType(minMs: number, maxMs: number): ValueType<number> {
  const schema = z.pipe(
    z.transform((value) => (typeof value === 'string' && /^\s*\d{1,9}\s*$/.test(value) ? Number(value) : value)),
    z.int().check(z.minimum(minMs), z.maximum(maxMs)),
  );
  const expected = `milliseconds, a whole number from ${minMs} to ${maxMs}`;
  return fromSchema(schema, `${minMs} to ${maxMs}`, expected, 'Write the number without a unit.');
}

const durationSchema: z.ZodMiniType<number> = z.pipe(
  z.pipe(
    textSchema,
    z.transform((text) => parseDurationMs(text)),
  ),
  z.number(),
);

/** A duration (`10m`), in milliseconds. */
export function durationType(minMs: number, maxMs: number): ValueType<number> {
  const range = `from ${formatDurationMs(minMs)} to ${formatDurationMs(maxMs)}`;
  return fromSchema(
    z.pipe(durationSchema, z.number().check(z.minimum(minMs), z.maximum(maxMs))),
    `duration ${range}`,
    `a duration ${range}`,
    'Write a number and its unit: 500ms 5s 10m 2h 1d.',
  );
}

/** A duration, or `off`. */
export function durationOrOffType(minMs: number, maxMs: number): ValueType<number | 'off'> {
  const duration = durationType(minMs, maxMs);
  return {
    syntax: `${duration.syntax}, \`off\``,
    read(value) {
      if (value === false || (typeof value === 'string' && value.trim().toLowerCase() === 'off')) {
        return { value: 'off', findings: [] };
      }
      const reading = duration.read(value);
      return { ...reading, findings: reading.findings.map((f) => ({ ...f, expected: `${f.expected}, or off` })) };
    },
  };
}

/** Any short text in one line. */
export const lineType: ValueType<string> = fromSchema(
  textSchema.check(z.maxLength(200), z.regex(/^[^\p{Cc}]*$/u)),
  'text',
  'a text of at most 200 characters in one line',
  'Write one short text.',
);

/** A path of a file or directory; not checked for existence. */
export const pathType: ValueType<string> = fromSchema(
  textSchema.check(z.maxLength(4_096), z.regex(/^[^\p{Cc}]*$/u)),
  'path',
  'a path',
  'Write it as one line of text.',
);

/** A secret, or a reference to one; never shown. */
export const secretType: ValueType<string> = {
  syntax: 'secret, or `file:<path>` `env:<NAME>`',
  read(value) {
    const text = z.safeParse(textSchema, value);
    if (text.success) return { value: text.data, findings: [] };
    const found =
      typeof value === 'string' && value.trim() !== '' ? 'a text that is far too long' : describeFound(value);
    return { findings: [{ found, expected: 'a secret as text, or a reference', remedy: 'Write it as one text.' }] };
  },
};

/** A webhook's URL, or a reference to it; never shown. */
export const webhookType: ValueType<string> = {
  ...secretType,
  syntax: 'URL, or `file:<path>` `env:<NAME>`',
};

/** Who is pinged; a list in code or file may be written as such. */
export const mentionType: ValueType<MentionPolicy> = {
  syntax: '`@everyone` `@here` `role:<id>` `user:<id>` `none`, comma list',
  read(value) {
    const parts = z.safeParse(z.union([textSchema, z.array(textSchema).check(z.minLength(1))]), value);
    if (parts.success) return readMention([parts.data].flat().join(','));
    return {
      findings: [{ found: describeFound(value), expected: MENTION_SYNTAX, remedy: 'Write "none" for nobody.' }],
    };
  },
};

/** A link template. */
export const linkType: ValueType<string> = fromText(
  `URL with ${LINK_PLACEHOLDERS.map((name) => `\`{${name}}\``).join(' ')}`,
  'a URL',
  readLinkTemplate,
);

/** The base of an API like Discord's, normalised. */
export const apiBaseType: ValueType<string> = fromText('URL', 'a URL', (text) => {
  const parsed = parseApiBaseUrl(text);
  if (parsed.ok) return { value: parsed.base, findings: [] };
  return { findings: [{ found: parsed.found, expected: parsed.expected, remedy: parsed.remedy }] };
});

/** Paths as pino takes them; wrong ones are listed and left out. */
export const redactPathsType: ValueType<readonly string[]> = listType(
  'pino paths, comma list',
  splitPaths,
  isRedactPath,
  `a path as pino takes it (req.headers.cookie, users[*].name), ** for any depth (**.iban), at most ${MAX_PATH_CHARS} characters`,
);

/** Names of environment variables. */
export const variableNamesType: ValueType<readonly string[]> = listType(
  'variable names, comma list',
  (text) => text.split(',').map((name) => name.trim()),
  (name) => /^[A-Za-z_][A-Za-z0-9_().-]{0,127}$/.test(name),
  'the name of an environment variable',
  // A shell may have put a secret in the name's place.
  () => 'a text that is no name',
);

function listType(
  syntax: string,
  split: (text: string) => readonly string[],
  isEntry: (entry: string) => boolean,
  expected: string,
  describeEntry: (entry: unknown) => string = describeFound,
): ValueType<readonly string[]> {
  return {
    syntax,
    read(value) {
      const list = typeof value === 'string' ? split(value.slice(0, MAX_VALUE_CHARS)) : value;
      if (!Array.isArray(list)) {
        return {
          findings: [{ found: describeFound(value), expected: `a list: ${expected}`, remedy: 'Write a list.' }],
        };
      }
      const findings: Finding[] = [];
      const entries: string[] = [];
      for (const [index, entry] of list.entries()) {
        const text = typeof entry === 'string' ? entry.trim() : undefined;
        if (entries.length >= MAX_LIST_ENTRIES || findings.length >= MAX_LIST_ENTRIES) {
          findings.push({ found: 'more entries', expected: `at most ${MAX_LIST_ENTRIES}`, remedy: 'Use wildcards.' });
          break;
        }
        if (text !== undefined && isEntry(text)) entries.push(text);
        else findings.push({ at: `[${index}]`, found: describeEntry(entry), expected, remedy: 'Correct it.' });
      }
      return entries.length > 0 || findings.length === 0 ? { value: entries, findings } : { findings };
    },
  };
}

const globSchema: z.ZodMiniType<string> = z.pipe(
  z.transform((value) => (typeof value === 'number' || typeof value === 'boolean' ? String(value) : value)),
  z.string().check(z.trim(), z.minLength(1), z.maxLength(MAX_GLOB_CHARS)),
);

const routeSchema: z.ZodMiniType<Route> = z.pipe(
  z.object({
    match: z
      .record(z.string().check(z.minLength(1), z.maxLength(256)), globSchema)
      .check(z.refine((match) => Object.keys(match).length > 0 && Object.keys(match).length <= MAX_MATCHERS)),
    channel: z.pipe(
      z.transform((value) => (typeof value === 'string' ? parseChannelName(value) : undefined)),
      z.string().check(z.refine((name) => !isReservedChannelName(name))),
    ),
    priority: z.optional(prioritySchema),
  }),
  z.transform(({ match, channel, priority }) => ({ match, channel, ...(priority === undefined ? {} : { priority }) })),
);

const ROUTE_KEYS = ['match', 'channel', 'priority'];
const ROUTE_TEXTS: Readonly<Record<string, { readonly expected: string; readonly remedy: string }>> = {
  match: {
    expected: `1 to ${MAX_MATCHERS} attributes, each with a glob of at most ${MAX_GLOB_CHARS} characters`,
    remedy: 'Write match: { service: "pay*" }; the route is left out.',
  },
  channel: {
    expected: `the name of a channel: letters, digits and dashes, at most ${MAX_CHANNEL_CHARS}`,
    remedy: 'Name a channel that has a webhook; the route is left out.',
  },
  priority: { expected: 'one of P0, P1, P2, P3, DEV', remedy: 'Correct it; the route works without it.' },
};

/** A route with its place in the list it was written in. */
export interface NumberedRoute {
  readonly index: number;
  readonly route: Route;
}

/** Routing rules; a rule that is wrong is listed and left out, unless only its priority is wrong. */
export const routesType: ValueType<readonly NumberedRoute[]> = {
  syntax: '`[{ match: { <attribute, service, logger, event or priority>: <glob> }, channel, priority? }]`',
  read(value) {
    const expected = 'a list of { match, channel, priority? }';
    if (!Array.isArray(value)) {
      return { findings: [{ found: describeFound(value), expected, remedy: 'Write a list.' }] };
    }
    const findings: Finding[] = [];
    const routes: NumberedRoute[] = [];
    if (value.length > MAX_ROUTES) {
      findings.push({ found: `${value.length} routes`, expected: `at most ${MAX_ROUTES}`, remedy: 'Use wildcards.' });
    }
    for (const [index, entry] of value.slice(0, MAX_ROUTES).entries()) {
      const route = readRoute(entry, (at, finding) => findings.push({ at: `[${index}]${at}`, ...finding }));
      if (route !== undefined) routes.push({ index, route });
    }
    return { value: routes, findings };
  },
};

function readRoute(entry: unknown, report: (at: string, finding: Finding) => void): Route | undefined {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    report('', { found: describeFound(entry), expected: 'match and channel', remedy: 'The route is left out.' });
    return undefined;
  }
  for (const key of Object.keys(entry).filter((name) => !ROUTE_KEYS.includes(name))) {
    report(`.${showName(key)}`, { found: 'an unknown key', expected: ROUTE_KEYS.join(', '), remedy: 'Remove it.' });
  }
  const result = z.safeParse(routeSchema, entry);
  if (result.success) {
    reportForeignGlobs(result.data, report);
    return result.data;
  }
  const wrong = new Set<string>();
  for (const issue of result.error.issues) {
    const [key = '', ...inside] = issue.path.map(String);
    wrong.add(key);
    const at = [key, ...inside].map((part) => `.${showName(part)}`).join('');
    const text = ROUTE_TEXTS[key] ?? { expected: 'match and channel', remedy: 'The route is left out.' };
    report(at, { found: describeFound(valueAt(entry, issue.path)), ...text });
  }
  if (wrong.size !== 1 || !wrong.has('priority')) return undefined;
  const withoutPriority = z.safeParse(routeSchema, { ...entry, priority: undefined });
  return withoutPriority.success ? withoutPriority.data : undefined;
}

/** Brace lists and regular expressions are legal texts, but hardly what anybody means to match literally. */
function reportForeignGlobs(route: Route, report: (at: string, finding: Finding) => void): void {
  for (const [name, glob] of Object.entries(route.match)) {
    if (!/^\/.+\/[a-z]*$|^\^|\{[^{}]*,[^{}]*\}/.test(glob)) continue;
    report(`.match.${showName(name)}`, {
      found: describeFound(glob),
      expected: 'a glob, which knows only * and ?',
      remedy: 'Write one route per alternative; as it stands it is matched literally.',
    });
  }
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let current = value;
  for (const part of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, part)) return undefined;
    current = (current as Record<PropertyKey, unknown>)[part];
  }
  return current;
}
