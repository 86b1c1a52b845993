import type { Alert, RedactedAlert } from '../../src/alert.ts';
import type { MentionPolicy } from '../../src/config/resolved-config.ts';
import type { Incident } from '../../src/pipeline/incident.ts';
import type { MessageEntry, RenderOptions } from '../../src/render/render.ts';

/** 2026-01-02T03:04:05Z. */
export const NOW_MS = 1_767_323_045_000;

const NOBODY: MentionPolicy = { everyone: false, here: false, roles: [], users: [] };

/** The defaults of the configuration: `@everyone` for P0, nobody else; no links. */
export function makeOptions(overrides: Partial<RenderOptions> = {}): RenderOptions {
  return {
    mentions: { P0: { ...NOBODY, everyone: true }, P1: NOBODY, P2: NOBODY, P3: NOBODY, DEV: NOBODY },
    links: {},
    ...overrides,
  };
}

export function mention(overrides: Partial<MentionPolicy>): MentionPolicy {
  return { ...NOBODY, ...overrides };
}

/** An alert as the redaction stage would hand it on; the cast stands for that stage. */
export function makeAlert(overrides: Partial<Alert> = {}): RedactedAlert {
  return {
    id: 'a1',
    timestampMs: NOW_MS,
    source: 'log',
    priority: 'P1',
    explicit: false,
    action: 'trigger',
    message: '',
    origin: { service: 'checkout', environment: 'production', version: '1.4.2', instance: 'web-1', logger: 'orders' },
    attributes: {},
    repeatKey: 1,
    count: 1,
    ...overrides,
  } as RedactedAlert;
}

function makeIncident(overrides: Partial<Incident> = {}): Incident {
  const alert = overrides.alert ?? makeAlert();
  return {
    id: 'k3f9a2',
    fingerprint: 'f',
    state: 'firing',
    priority: alert.priority,
    channel: 'default',
    firstSeenMs: NOW_MS - 60_000,
    lastSeenMs: NOW_MS,
    count: 1,
    reason: 'first',
    ...overrides,
    alert,
  };
}

/** An entry whose incident shows this alert. */
export function makeEntry(
  alert: Partial<Alert> = {},
  incident: Partial<Incident> = {},
  entry: Partial<MessageEntry> = {},
): MessageEntry {
  const made = makeIncident({ ...incident, alert: makeAlert(alert) });
  return { incident: made, reason: made.reason, ...entry };
}
