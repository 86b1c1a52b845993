import type { DiscordEmulator } from '../discord-emulator/emulator.ts';
import type { FaultHandle, FaultKind, RequestFault } from '../discord-emulator/fault.ts';
import type { LoggedRequest } from '../discord-emulator/request-log.ts';
import type { SwitchView } from './view.ts';

interface SwitchSpec {
  readonly id: string;
  readonly label: string;
  /** What Discord does, and what to watch for. */
  readonly explains: string;
  /** Undefined: it deletes the webhook of one channel. */
  readonly fault: RequestFault | undefined;
}

/** The ways in which a visitor can turn Discord off, in the order of the page. */
const SPECS: readonly SwitchSpec[] = [
  {
    id: 'outage',
    label: 'Outage',
    explains: 'Every connection is cut. Pages wait, the most urgent goes first when Discord is back, none is lost.',
    fault: { kind: 'outage' },
  },
  {
    id: 'slow',
    label: 'Slow answers',
    explains:
      'Every answer takes three seconds. One request is under way at a time, what comes meanwhile travels together.',
    fault: { kind: 'slow', delayMs: 3_000 },
  },
  {
    id: 'rate_limited',
    label: 'Burst of 429',
    explains: 'The next five requests are told to wait two seconds. No request comes inside a wait, no page is lost.',
    fault: { kind: 'rate_limited', retryAfterMs: 2_000, times: 5 },
  },
  {
    id: 'edge_block',
    label: 'Edge block',
    explains:
      'The guard in front of Discord blocks this address: a 429 without a time to wait. It is asked again once after a minute, then ever more seldom, by one request.',
    fault: { kind: 'edge_ban', form: 'json' },
  },
  {
    id: 'stored_then_cut',
    label: 'Stored, then cut',
    explains:
      'The next message is stored, but its answer is lost. It is sent again: two messages with one incident id, rather than none.',
    fault: { kind: 'reset', when: 'after_storing', method: 'POST', times: 1 },
  },
  {
    id: 'deleted_webhook',
    label: 'Webhook deleted',
    explains:
      'Somebody deletes the webhook of a channel. Its pages go to another channel, which says so; it is asked every five minutes whether it lives again.',
    fault: undefined,
  },
];

interface Standing {
  readonly handle: FaultHandle;
  readonly channelId: string | undefined;
  left: number;
}

/** The switches of the page. */
export class Switches {
  readonly #discord: DiscordEmulator;
  readonly #standing = new Map<string, Standing>();

  constructor(discord: DiscordEmulator) {
    this.#discord = discord;
  }

  list(): SwitchView[] {
    return SPECS.map(({ id, label, explains, fault }) => ({
      id,
      label,
      explains,
      isOn: this.#standing.has(id),
      times: fault?.times,
      perChannel: fault === undefined,
      channelId: this.#standing.get(id)?.channelId,
    }));
  }

  /** False for a switch or a channel that does not exist. Setting one that is set so already does nothing. */
  set(id: string, isOn: boolean, channelId: string | undefined): boolean {
    const spec = SPECS.find((one) => one.id === id);
    if (spec === undefined) return false;
    const channel = spec.fault === undefined ? this.#discord.channels().find((one) => one.id === channelId) : undefined;
    if (isOn && spec.fault === undefined && channel === undefined) return false;
    const standing = this.#standing.get(id);
    if (isOn && standing !== undefined && standing.channelId === channel?.id) return true;
    standing?.handle.end();
    this.#standing.delete(id);
    if (!isOn) return true;
    const handle = this.#discord.fault(spec.fault ?? { kind: 'delete_webhook', channel: channel?.name ?? '' });
    this.#standing.set(id, { handle, channelId: channel?.id, left: spec.fault?.times ?? Number.POSITIVE_INFINITY });
    return true;
  }

  /** Counts what a request met; true when a switch has turned itself off by that. */
  met(request: LoggedRequest): boolean {
    let hasEnded = false;
    for (const [id, standing] of this.#standing) {
      const kind: FaultKind | undefined = SPECS.find((one) => one.id === id)?.fault?.kind;
      standing.left -= request.faults.filter((met) => met === kind).length;
      if (standing.left > 0) continue;
      this.#standing.delete(id);
      hasEnded = true;
    }
    return hasEnded;
  }

  /** All of them off. */
  reset(): void {
    for (const { handle } of this.#standing.values()) handle.end();
    this.#standing.clear();
  }
}
