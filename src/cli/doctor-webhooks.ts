import type { Clock } from '../clock.ts';
import { formatDurationMs } from '../config/duration.ts';
import type { ResolvedConfig } from '../config/resolved-config.ts';
import type { WebhookUrl } from '../config/webhook-url.ts';
import type { HttpTransport } from '../delivery/http-transport.ts';
import { Placement } from '../delivery/placement.ts';
import type { ProbeResult, SendResult } from '../delivery/send-result.ts';
import { createWebhookClient, type WebhookClient } from '../delivery/webhook-client.ts';
import { createRedactor } from '../pipeline/redact.ts';
import { createRenderer } from '../render/renderer.ts';
import type { WebhookMessage } from '../render/webhook-message.ts';
import type { Check } from './doctor-checks.ts';
import { type NotedTransport, withFaultNote } from './noted-transport.ts';

/** A test message is tried again after a 429 that asks for no more than this. */
const MAX_RETRY_WAIT_MS = 5_000;
const MAX_TRIES = 3;

const NEW_WEBHOOK = 'Make a new webhook in Discord (channel settings, Integrations) and set it in the configuration.';

/** One check per webhook: does it live, and with `post`, does it take a message. A webhook of two channels is asked once. */
export async function checkWebhooks(
  config: ResolvedConfig,
  transport: HttpTransport,
  clock: Clock,
  post: boolean,
): Promise<Check[]> {
  const byWebhook = new Map<string, { webhook: WebhookUrl; channels: string[] }>();
  for (const [channel, webhook] of config.channels) {
    const key = `${webhook.id}/${webhook.revealToken()}`;
    const known = byWebhook.get(key);
    if (known === undefined) byWebhook.set(key, { webhook, channels: [channel] });
    else known.channels.push(channel);
  }
  // What a server calls itself is its own affair; it may be another one than it should.
  const { redactText } = createRedactor(config.redact);
  const checked = await Promise.all(
    [...byWebhook.values()].map(async ({ webhook, channels }) => {
      const noted = withFaultNote(transport);
      const client = createWebhookClient(noted, clock);
      const name = `webhook ${channels.join(', ')}`;
      const probe = await client.probe(webhook);
      const check = { name, ...describeProbe(probe, webhook, noted, redactText) };
      if (!post || probe.kind === 'gone') return [check];
      return [
        check,
        { name: `test ${channels.join(', ')}`, ...(await postTest(webhook, channels, config, client, clock)) },
      ];
    }),
  );
  return checked.flat();
}

type Verdict = Omit<Check, 'name'>;

function describeProbe(
  probe: ProbeResult,
  webhook: WebhookUrl,
  noted: NotedTransport,
  redactText: (text: string) => string,
): Verdict {
  switch (probe.kind) {
    case 'live': {
      const called = probe.name === undefined ? '' : ` "${probe.name}"`;
      const server = probe.guildId === undefined ? '' : ` of server ${probe.guildId}`;
      return { status: 'ok', detail: redactText(`live:${called} in channel ${probe.channelId}${server}`) };
    }
    case 'gone':
      return probe.reason === 'endpoint_unknown'
        ? {
            status: 'failed',
            detail: `the address knows no webhooks (HTTP ${probe.status})`,
            remedy: 'Check DISCORD_PAGER_API_BASE_URL: it has to end in /api/v10.',
          }
        : {
            status: 'failed',
            detail: `${probe.reason === 'webhook_gone' ? 'was deleted' : 'has another token now'} (HTTP ${probe.status})`,
            remedy: NEW_WEBHOOK,
          };
    case 'unknown': {
      const wait =
        probe.retryAfterMs === undefined
          ? ''
          : `, try again in ${formatDurationMs(Math.ceil(probe.retryAfterMs / 1_000) * 1_000)}`;
      const why = noted.lastFault ?? probe.reason;
      if (probe.reason.startsWith('throttled_')) {
        return {
          status: 'warning',
          detail: `not known: Discord limits the rate at the moment${wait}`,
          remedy: 'Run the check again later.',
        };
      }
      return {
        status: 'failed',
        detail: `could not be asked (${why})`,
        remedy: `Check that this machine reaches ${new URL(webhook.apiBase).host}: name resolution, firewall, HTTPS_PROXY.`,
      };
    }
  }
}

async function postTest(
  webhook: WebhookUrl,
  channels: readonly string[],
  config: ResolvedConfig,
  client: WebhookClient,
  clock: Clock,
): Promise<Verdict> {
  if (!config.enabled) {
    return { status: 'warning', detail: `nothing posted: the pager is off (${config.disabledReason ?? 'invalid'})` };
  }
  const message = testMessage(channels, config, clock.now());
  const placement = new Placement(webhook.threadId);
  for (let tries = 1; ; tries++) {
    const target = placement.forOwn('Test message');
    const result = await client.post(webhook, message, target);
    // A forum says so once, and then gets a post.
    if (result.kind === 'rejected' && placement.refused(target, result.reason) !== undefined) continue;
    if (result.kind === 'delivered') return { status: 'ok', detail: 'a test message was posted' };
    const waitMs = result.kind === 'throttled' ? result.retryAfterMs : Number.POSITIVE_INFINITY;
    if (tries >= MAX_TRIES || waitMs > MAX_RETRY_WAIT_MS) return refusal(result);
    await clock.sleep(waitMs);
  }
}

function testMessage(channels: readonly string[], config: ResolvedConfig, nowMs: number): WebhookMessage {
  const renderer = createRenderer({ mentions: config.mentions, links: config.links });
  const { name, environment } = config.service;
  const who = [name, environment].filter((part) => part !== undefined).join(', ');
  const notice = {
    priority: 'DEV',
    success: true,
    title: 'Test message: pages arrive here',
    text: `Sent by discord-pager doctor${who === '' ? '' : ` for ${who}`}. Channels of this webhook: ${channels.join(', ')}. Nothing is wrong.`,
  } as const;
  return renderer.self(notice, nowMs);
}

function refusal(result: Exclude<SendResult, { kind: 'delivered' }>): Verdict {
  switch (result.kind) {
    case 'throttled':
      return {
        status: 'failed',
        detail: 'Discord limits the rate at the moment',
        remedy: 'Run the check again later.',
      };
    case 'retryable':
      return { status: 'failed', detail: `no test message arrived (${result.reason})`, remedy: 'Run the check again.' };
    case 'rejected':
      return {
        status: 'failed',
        detail: `the test message was refused (${result.reason}, HTTP ${result.status})`,
        remedy:
          result.reason === 'forum_channel'
            ? 'Switch off “require people to select tags when posting” in the forum channel.'
            : NEW_WEBHOOK,
      };
  }
}
