import type { Alert } from '../../src/alert.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import type { PagerConfig } from '../../src/config/pager-config.ts';
import { assemblePager, type PagerCore, type PagerRole } from '../../src/pager.ts';
import type { IncidentStore } from '../../src/pipeline/incident-store.ts';
import { createMemoryIncidentStoreHub } from '../../src/state/memory-incident-store.ts';
import { makeAlert } from './alerts.ts';
import { ManualClock } from './manual-clock.ts';
import { ScriptedDiscord } from './scripted-discord.ts';

export const WEBHOOK_ID = '11111111111111111';
const WEBHOOK = `http://127.0.0.1:9/api/v10/webhooks/${WEBHOOK_ID}/${'t'.repeat(68)}`;

/** The whole pager behind its thread's door: every stage real, Discord scripted, time moved by hand. */
export interface AssembledPager {
  readonly core: PagerCore;
  readonly discord: ScriptedDiscord;
  readonly clock: ManualClock;
  readonly warnings: string[];
  /** Alerts that were decided: shown, counted or lost with a reason. */
  readonly settled: Set<string>;
  send(alert?: Partial<Alert>): Alert;
}

export async function assemble(
  options: PagerConfig = {},
  world: {
    readonly clock?: ManualClock;
    readonly discord?: ScriptedDiscord;
    readonly store?: IncidentStore;
    readonly role?: PagerRole;
  } = {},
): Promise<AssembledPager> {
  const clock = world.clock ?? new ManualClock();
  const discord = world.discord ?? new ScriptedDiscord(clock);
  const config = await loadConfig({
    env: {},
    options: { webhooks: { default: WEBHOOK }, serviceName: 'shop', enabled: true, ...options },
    host: { platform: 'linux', homeDir: '/nowhere', hostname: 'machine', cwd: '/' },
  });
  const warnings: string[] = [];
  const settled = new Set<string>();
  let ids = 0;
  const store =
    world.store ??
    createMemoryIncidentStoreHub().open({ webhookIds: [WEBHOOK_ID], service: 'shop', startedMs: clock.now() });
  const core = assemblePager(config, {
    clock,
    random: () => 0.5,
    newId: () => `ID${++ids}`,
    client: discord,
    store,
    ...(world.role === undefined ? {} : { role: world.role }),
    settled: (given) => {
      for (const id of given) settled.add(id);
    },
    changed() {},
    warn: (code, text) => warnings.push(`${code}: ${text}`),
  });
  await core.start();
  return {
    core,
    discord,
    clock,
    warnings,
    settled,
    send(given = {}) {
      const alert = makeAlert({ timestampMs: clock.now(), ...given });
      core.accept(alert);
      return alert;
    },
  };
}

/** What stands in the scripted Discord: the newest embeds of every message, in the order of the first post. */
export function standing(
  discord: ScriptedDiscord,
): readonly { readonly titles: readonly string[]; readonly content: string }[] {
  const messages = new Map<string, { titles: readonly string[]; content: string }>();
  let posts = 0;
  for (const { kind, message, messageId, titles, accepted } of discord.seen) {
    if (!accepted) continue;
    if (kind === 'post') messages.set(`m${++posts}`, { titles, content: message?.content ?? '' });
    else if (kind === 'edit' && messageId !== undefined) {
      const before = messages.get(messageId);
      if (before !== undefined) messages.set(messageId, { ...before, titles });
    }
  }
  return [...messages.values()];
}
