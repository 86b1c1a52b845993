import type { Incident, MessageRef } from '../pipeline/incident.ts';
import type { MessageEntry } from '../render/render.ts';

/** The most messages of one webhook that are kept up to date; the oldest are left as they are. */
export const MAX_TRACKED = 1_000;
/** The most incidents in them: a digest holds many, and what the pager itself has forgotten does not change any more. */
export const MAX_TRACKED_INCIDENTS = 4_000;
/** What holds more incidents than this is a digest. https://discord.com/developers/docs/resources/webhook#execute-webhook */
export const MAX_EMBEDS = 10;
/** While nothing but counts change, the pause between two edits doubles up to this. */
const LONGEST_EDIT_INTERVAL_MS = 60_000;

/** A message that stands in Discord, and what it showed when it was last sent. */
export interface PostedMessage {
  readonly ref: MessageRef;
  entries: MessageEntry[];
  /** Embeds in it, and which of them are the entries': fewer where the others are another process's, or forgotten. */
  readonly embeds: number;
  readonly slots: readonly number[];
  /** Count and state of each entry as last sent. */
  shownCounts: string;
  shownStates: string;
  /** The states that were last taken note of: another change of state while an edit waits makes it due sooner. */
  notedStates: string;
  lastSentMs: number;
  intervalMs: number;
}

/**
 * The messages of one webhook that may still change. Only the newest state of a message is ever sent: a change marks it, and
 * the text is made when its turn comes.
 */
export class PostedMessages {
  readonly #byId = new Map<string, PostedMessage>();
  readonly #changed = new Set<PostedMessage>();
  readonly #editIntervalMs: number;
  #incidents = 0;

  constructor(editIntervalMs: number) {
    this.#editIntervalMs = editIntervalMs;
  }

  /** True when some message does not show the newest state. */
  get hasChanges(): boolean {
    return this.#changed.size > 0;
  }

  /** Begins to follow a message whose text was made from the entries as `shown` describes them. */
  track(
    ref: MessageRef,
    entries: readonly MessageEntry[],
    shown: Shown,
    nowMs: number,
    embeds: number = entries.length,
  ): PostedMessage {
    const message: PostedMessage = {
      ref,
      entries: [...entries],
      embeds,
      slots: entries.map(({ incident }, index) =>
        embeds === entries.length ? index : (incident.message?.position ?? index),
      ),
      shownCounts: shown.counts,
      shownStates: shown.states,
      notedStates: shown.states,
      lastSentMs: nowMs,
      intervalMs: this.#editIntervalMs,
    };
    const before = this.#byId.get(ref.messageId);
    if (before !== undefined) this.forget(before);
    this.#byId.set(ref.messageId, message);
    this.#incidents += entries.length;
    for (const oldest of this.#byId.values()) {
      if (this.#byId.size <= MAX_TRACKED && this.#incidents <= MAX_TRACKED_INCIDENTS) break;
      if (oldest !== message) this.forget(oldest);
    }
    this.#compare(message);
    return message;
  }

  /** An incident in this message changed; true when that is news. */
  touch(messageId: string, incident: Incident): boolean {
    const message = this.#byId.get(messageId);
    if (message === undefined) return false;
    // Of a digest not all are looked through for each of them.
    if (message.entries.length > MAX_EMBEDS && isShown(incident)) return false;
    return this.#compare(message);
  }

  /** The incident has a newer message: this one gets a last edit that points there. */
  continueElsewhere(messageId: string, incident: Incident, continuedIn: MessageRef): boolean {
    const message = this.#byId.get(messageId);
    if (message === undefined) return false;
    message.entries = message.entries.map((entry) => (entry.incident === incident ? { ...entry, continuedIn } : entry));
    return this.#compare(message);
  }

  /** The message whose edit is due first. While `hurried`, every change is due at once. */
  nextDue(nowMs: number, hurried: boolean): { message: PostedMessage; dueMs: number } | undefined {
    let next: { message: PostedMessage; dueMs: number } | undefined;
    for (const message of this.#changed) {
      const stateChanged = changeableOf(message.entries).states !== message.shownStates;
      const intervalMs = stateChanged ? this.#editIntervalMs : message.intervalMs;
      const dueMs = hurried ? nowMs : Math.max(message.lastSentMs + intervalMs, 0);
      if (next === undefined || dueMs < next.dueMs) next = { message, dueMs };
    }
    return next;
  }

  /** An edit was accepted that showed `shown`. */
  edited(message: PostedMessage, shown: Shown, nowMs: number): void {
    const stateChanged = shown.states !== message.shownStates;
    const wasQuiet = nowMs - message.lastSentMs > message.intervalMs * 2;
    message.intervalMs =
      stateChanged || wasQuiet ? this.#editIntervalMs : Math.min(LONGEST_EDIT_INTERVAL_MS, message.intervalMs * 2);
    message.shownCounts = shown.counts;
    message.shownStates = shown.states;
    message.lastSentMs = nowMs;
    this.#changed.delete(message);
    this.#compare(message);
  }

  /** Stops following a message. */
  forget(message: PostedMessage): void {
    if (this.#byId.get(message.ref.messageId) === message) {
      this.#byId.delete(message.ref.messageId);
      this.#incidents -= message.entries.length;
    }
    this.#changed.delete(message);
  }

  /** Gives up all edits that wait. */
  clear(): void {
    this.#byId.clear();
    this.#incidents = 0;
    this.#changed.clear();
  }

  #compare(message: PostedMessage): boolean {
    const now = changeableOf(message.entries);
    if (now.counts === message.shownCounts && now.states === message.shownStates) return false;
    const isNews = !this.#changed.has(message) || now.states !== message.notedStates;
    message.notedStates = now.states;
    this.#changed.add(message);
    return isNews;
  }
}

/** Incidents by the message they stand in, in the order of its embeds. */
export function byMessage(incidents: readonly Incident[]): readonly (readonly Incident[])[] {
  const groups = new Map<string, Incident[]>();
  for (const incident of incidents) {
    if (incident.message === undefined) continue;
    const group = groups.get(incident.message.messageId);
    if (group === undefined) groups.set(incident.message.messageId, [incident]);
    else group.push(incident);
  }
  const placeOf = ({ message }: Incident): number => message?.position ?? 0;
  return [...groups.values()].map((group) => group.toSorted((a, b) => placeOf(a) - placeOf(b)));
}

/** What a message shows of an incident that may change. */
export interface ShownIncident {
  readonly count: number;
  /** State and priority. */
  readonly state: string;
}

/** What a message shows that may change. */
export interface Shown {
  readonly counts: string;
  readonly states: string;
  readonly incidents: readonly ShownIncident[];
}

/** The changeable part of entries; an entry that is continued elsewhere stands still. */
export function shownOf(entries: readonly MessageEntry[]): Shown {
  return { ...changeableOf(entries), incidents: entries.map(({ incident }) => shownNow(incident)) };
}

/** What entries showed according to what was noted on their incidents when it was shown. */
export function shownBefore(entries: readonly MessageEntry[]): Shown {
  const incidents = entries.map(({ incident: { shown } }) => shown ?? NOTHING_SHOWN);
  return { ...changeableOf(entries, (_incident, index) => incidents[index] ?? NOTHING_SHOWN), incidents };
}

const NOTHING_SHOWN: ShownIncident = { count: -1, state: '' };

function shownNow({ count, state, priority }: Incident): ShownIncident {
  return { count, state: `${state}/${priority}` };
}

/** True when the newest message says what is so now. */
function isShown(incident: Incident): boolean {
  const { shown, count, state, priority } = incident;
  return shown?.count === count && shown.state === `${state}/${priority}`;
}

/** One by one, or of a digest the sums: they are enough, and quickly made. */
function changeableOf(
  entries: readonly MessageEntry[],
  shownAs: (incident: Incident, index: number) => ShownIncident = shownNow,
): { readonly counts: string; readonly states: string } {
  if (entries.length > MAX_EMBEDS) return summed(entries, shownAs);
  const counts: string[] = [];
  const states: string[] = [];
  entries.forEach(({ incident, continuedIn }, index) => {
    const { count, state } = shownAs(incident, index);
    counts.push(continuedIn === undefined ? String(count) : 'continued');
    states.push(continuedIn === undefined ? state : `continued/${continuedIn.messageId}`);
  });
  return { counts: counts.join(), states: states.join() };
}

function summed(
  entries: readonly MessageEntry[],
  shownAs: (incident: Incident, index: number) => ShownIncident,
): { readonly counts: string; readonly states: string } {
  let occurrences = 0;
  let firing = 0;
  let continued = 0;
  for (const [index, { incident, continuedIn }] of entries.entries()) {
    if (continuedIn !== undefined) {
      continued++;
      continue;
    }
    const { count, state } = shownAs(incident, index);
    occurrences += count;
    if (state.startsWith('firing')) firing++;
  }
  return { counts: String(occurrences), states: `${firing}/${continued}` };
}
