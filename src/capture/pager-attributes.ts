import { type AlertAction, MAX_ATTRIBUTE_CHARS, PAGER_KEYS } from '../alert.ts';
import { type Priority, parsePriority } from '../priority.ts';
import { cutMiddle } from './bounded-text.ts';
import { read } from './bounded-value.ts';

/** What a record says about itself; see {@link PAGER_KEYS}. What is unusable is missing. */
export interface PagerMarks {
  readonly priority?: Priority;
  /** As it was written: routing knows its names in any case, and redaction knows a secret only in its own. */
  readonly channel?: string;
  readonly title?: string;
  readonly dedupKey?: string;
  readonly action?: AlertAction;
  readonly outcome?: string;
  readonly runbookUrl?: string;
}

/** A map under this name holds the same keys without their prefix, as pino users write them: `{ pager: { channel: 'deploys' } }`. */
const PAGER_MAP_KEY = 'pager';

type MutableMarks = { -readonly [K in keyof PagerMarks]: PagerMarks[K] };

const FLAT_KEYS: ReadonlySet<string> = new Set(Object.values(PAGER_KEYS));

/** True for an attribute that {@link readPagerMarks} reads: it is not shown a second time. */
export function isPagerAttribute(attributes: unknown, key: string): boolean {
  if (FLAT_KEYS.has(key)) return true;
  if (key !== PAGER_MAP_KEY) return false;
  const map = read(attributes, key);
  return typeof map === 'object' && map !== null;
}

/**
 * True when attributes hold anything under a `pager.*` name that is read. Eight look-ups and no allocation: it is asked for every
 * record below the threshold. Throws what a getter throws.
 */
export function hasPagerMarks(attributes: Readonly<Record<string, unknown>>): boolean {
  return (
    isSaid(attributes['pager.priority']) ||
    isSaid(attributes['pager.channel']) ||
    isSaid(attributes['pager.title']) ||
    isSaid(attributes['pager.dedup_key']) ||
    isSaid(attributes['pager.action']) ||
    isSaid(attributes['pager.outcome']) ||
    isSaid(attributes['pager.runbook_url']) ||
    hasMarksInMap(attributes[PAGER_MAP_KEY])
  );
}

function isSaid(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

function hasMarksInMap(map: unknown): boolean {
  if (typeof map !== 'object' || map === null) return false;
  const marks = map as Readonly<Record<string, unknown>>;
  return (
    isSaid(marks['priority']) ||
    isSaid(marks['channel']) ||
    isSaid(marks['title']) ||
    isSaid(marks['dedup_key']) ||
    isSaid(marks['dedupKey']) ||
    isSaid(marks['action']) ||
    isSaid(marks['outcome']) ||
    isSaid(marks['runbook_url']) ||
    isSaid(marks['runbookUrl'])
  );
}

/**
 * What the attributes say about their record; undefined when they say nothing. A value that cannot be used (an unknown priority, an
 * object as title) is missing, but the record still speaks for itself. Never throws.
 */
export function readPagerMarks(attributes: Readonly<Record<string, unknown>>): PagerMarks | undefined {
  try {
    if (!hasPagerMarks(attributes)) return undefined;
  } catch {
    return undefined;
  }
  const map = read(attributes, PAGER_MAP_KEY);
  return normaliseMarks({
    priority: read(attributes, PAGER_KEYS.priority) ?? read(map, 'priority'),
    channel: read(attributes, PAGER_KEYS.channel) ?? read(map, 'channel'),
    title: read(attributes, PAGER_KEYS.title) ?? read(map, 'title'),
    dedupKey: read(attributes, PAGER_KEYS.dedupKey) ?? read(map, 'dedup_key') ?? read(map, 'dedupKey'),
    action: read(attributes, PAGER_KEYS.action) ?? read(map, 'action'),
    outcome: read(attributes, PAGER_KEYS.outcome) ?? read(map, 'outcome'),
    runbookUrl: read(attributes, PAGER_KEYS.runbookUrl) ?? read(map, 'runbook_url') ?? read(map, 'runbookUrl'),
  });
}

/** Brings raw values into the form of {@link PagerMarks}; what is unusable is missing. Never throws. */
export function normaliseMarks(raw: { readonly [K in keyof PagerMarks]?: unknown }): PagerMarks {
  const marks: MutableMarks = {};
  const priority = parsePriority(raw.priority);
  if (priority !== undefined) marks.priority = priority;
  const channel = textOf(raw.channel);
  if (channel !== undefined) marks.channel = channel;
  const title = textOf(raw.title);
  if (title !== undefined) marks.title = title;
  const dedupKey = textOf(raw.dedupKey);
  if (dedupKey !== undefined) marks.dedupKey = dedupKey;
  const action = textOf(raw.action)?.toLowerCase();
  if (action === 'resolve' || action === 'trigger') marks.action = action;
  const outcome = textOf(raw.outcome);
  if (outcome !== undefined) marks.outcome = /^success$/i.test(outcome) ? 'success' : outcome;
  const runbookUrl = textOf(raw.runbookUrl);
  if (runbookUrl !== undefined) marks.runbookUrl = runbookUrl;
  return marks;
}

function textOf(value: unknown): string | undefined {
  const text =
    typeof value === 'string'
      ? value.trim()
      : typeof value === 'number' || typeof value === 'boolean'
        ? String(value)
        : '';
  return text === '' ? undefined : cutMiddle(text, MAX_ATTRIBUTE_CHARS);
}
