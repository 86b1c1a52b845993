import { COLOR_GREEN, PRIORITIES, PRIORITY_COLOR, PRIORITY_RANK, type Priority } from '../priority.ts';
import { NO_MESSAGE, titleOf } from '../title.ts';
import { codePointLength } from './code-points.ts';
import { isFiring, PRIORITY_SIGN } from './content.ts';
import { cutEnd } from './cut.ts';
import { MAX_CONTENT_CHARS, MAX_EMBED_DESCRIPTION_CHARS, MAX_FILE_BYTES } from './limits.ts';
import { messageUrl } from './links.ts';
import type { Mentions } from './mentions.ts';
import type { MessageEntry } from './render.ts';
import { cleanLine, escapeContent, escapeInline } from './text.ts';
import type { AttachedText, Embed } from './webhook-message.ts';
import { discordTime, formatCount, formatDuration, isoTime } from './wording.ts';

/** So many are named in the message; all of them are in the attached list. */
const NAMED = 15;
const TITLE_CHARS = 160;
const SERVICE_CHARS = 40;
const CONTENT_TITLES = 3;
const CONTENT_TITLE_CHARS = 80;

/** A digest's numbers, taken once. */
interface Sums {
  readonly incidents: number;
  readonly occurrences: number;
  readonly over: number;
  readonly priority: Priority;
  readonly firstMs: number;
  readonly lastMs: number;
  readonly delayedMs: number;
  readonly services: readonly (readonly [name: string, incidents: number])[];
}

function sumsOf(entries: readonly MessageEntry[]): Sums {
  const services = new Map<string, number>();
  let occurrences = 0;
  let over = 0;
  let rank: number = PRIORITY_RANK.DEV;
  let firstMs = Number.POSITIVE_INFINITY;
  let lastMs = 0;
  let delayedMs = 0;
  for (const entry of entries) {
    const { incident } = entry;
    occurrences += incident.count;
    if (!isFiring(entry)) over++;
    rank = Math.min(rank, PRIORITY_RANK[incident.priority]);
    firstMs = Math.min(firstMs, incident.firstSeenMs);
    lastMs = Math.max(lastMs, incident.lastSeenMs);
    delayedMs = Math.max(delayedMs, entry.delayedMs ?? 0);
    const service = incident.alert.origin.service ?? '';
    services.set(service, (services.get(service) ?? 0) + 1);
  }
  return {
    incidents: entries.length,
    occurrences,
    over,
    priority: PRIORITIES[rank] ?? 'DEV',
    firstMs,
    lastMs,
    delayedMs,
    services: [...services].toSorted((a, b) => b[1] - a[1]),
  };
}

/** The one embed of a digest: how many, the most frequent by name, which services, since when. */
export function digestEmbed(entries: readonly MessageEntry[]): Embed {
  const sums = sumsOf(entries);
  const { incidents, occurrences, over, priority, delayedMs } = sums;
  const services = sums.services.slice(0, 5).map(([name, count]) => `${shown(name || '–', SERVICE_CHARS)} ${count}`);
  const late = delayedMs > 0 ? `, delayed up to ${formatDuration(delayedMs)}` : '';
  const states = over === 0 ? '' : `, ${formatCount(over)} of them over`;
  return {
    title: `${formatCount(incidents)} incidents, ${formatCount(occurrences)} occurrences${states}`,
    description: namedLines(entries),
    color: over === incidents ? COLOR_GREEN : PRIORITY_COLOR[priority],
    fields: [
      { name: 'Services', value: services.join(', ') || '–', inline: true },
      { name: 'First seen', value: discordTime(sums.firstMs, 'R'), inline: true },
      { name: 'Last seen', value: discordTime(sums.lastMs, 'R'), inline: true },
    ],
    footer: { text: `digest, more was waiting than the channel takes${late} · ${priority}` },
    timestamp: isoTime(sums.lastMs),
  };
}

/** What a lock screen shows of a digest that makes a sound. */
export function digestContent(entries: readonly MessageEntry[], mentions: Mentions): string {
  const { incidents, priority } = sumsOf(entries);
  const names = byFrequency(entries)
    .slice(0, CONTENT_TITLES)
    .map((entry) => cutEnd(lineOf(entry), CONTENT_TITLE_CHARS))
    .join(', ');
  const head = `${PRIORITY_SIGN[priority]} ${priority} ${formatCount(incidents)} incidents at once: ${names}, …`;
  const room = MAX_CONTENT_CHARS - codePointLength(mentions.text) - 1;
  return [cutEnd(escapeContent(head), room), mentions.text].filter((part) => part !== '').join(' ');
}

/** Every incident of a digest in one line: count, priority, id, times, service, title; tab-separated, at most 1 MiB. */
export function digestFile(entries: readonly MessageEntry[]): AttachedText {
  const lines = ['count\tpriority\tincident\tstate\tfirst seen\tlast seen\tservice\ttitle'];
  let bytes = 0;
  for (const { incident } of byFrequency(entries)) {
    const { count, priority, id, state, firstSeenMs, lastSeenMs, alert } = incident;
    const line = [
      String(count),
      priority,
      id,
      state,
      isoTime(firstSeenMs),
      isoTime(lastSeenMs),
      cutEnd(cleanLine(alert.origin.service ?? ''), SERVICE_CHARS),
      cutEnd(cleanLine(titleOf(alert)) || NO_MESSAGE, 2 * TITLE_CHARS),
    ].join('\t');
    bytes += Buffer.byteLength(line) + 1;
    if (bytes > MAX_FILE_BYTES - 1_024) {
      lines.push(`… and ${formatCount(entries.length - lines.length + 1)} more`);
      break;
    }
    lines.push(line);
  }
  const id = (entries[0]?.incident.id ?? '').replace(/[^A-Za-z0-9_-]/g, '').slice(0, 64);
  return { name: `incidents-${id || 'unnamed'}.txt`, text: `${lines.join('\n')}\n` };
}

function namedLines(entries: readonly MessageEntry[]): string {
  const lines: string[] = [];
  const rest = entries.length - NAMED;
  const tail = rest > 0 ? `… and ${formatCount(rest)} more: all are in the attached list.` : '';
  let room = MAX_EMBED_DESCRIPTION_CHARS - tail.length - 1;
  for (const entry of byFrequency(entries).slice(0, NAMED)) {
    const line = namedLine(entry);
    room -= codePointLength(line) + 1;
    if (room < 0) break;
    lines.push(line);
  }
  return [...lines, tail].filter((line) => line !== '').join('\n');
}

function namedLine(entry: MessageEntry): string {
  const { incident, continuedIn } = entry;
  const text = shown(lineOf(entry), TITLE_CHARS);
  const url = continuedIn === undefined ? undefined : messageUrl(continuedIn);
  const body = isFiring(entry) ? text : `✅ ~~${text}~~`;
  const link = url === undefined ? '' : ` → [continued](${url})`;
  return `**×${formatCount(incident.count)}** ${body} · ${incident.priority} · ${shown(incident.id, SERVICE_CHARS)}${link}`;
}

function lineOf({ incident: { alert } }: MessageEntry): string {
  const service = cutEnd(cleanLine(alert.origin.service ?? ''), SERVICE_CHARS);
  const title = cleanLine(titleOf(alert)) || NO_MESSAGE;
  return service === '' ? title : `${service} · ${title}`;
}

function shown(text: string, maxChars: number): string {
  return escapeInline(cutEnd(cleanLine(text.slice(0, 8 * maxChars)), maxChars));
}

/** The more urgent first, and within a priority the more frequent. */
function byFrequency(entries: readonly MessageEntry[]): MessageEntry[] {
  return entries.toSorted(
    (a, b) =>
      PRIORITY_RANK[a.incident.priority] - PRIORITY_RANK[b.incident.priority] || b.incident.count - a.incident.count,
  );
}
