import type { Alert } from '../alert.ts';
import type { MessageRef } from '../pipeline/incident.ts';
import { MAX_BUTTON_LABEL_CHARS, MAX_BUTTON_URL_CHARS, MAX_BUTTONS_PER_ROW } from './limits.ts';
import type { RenderOptions } from './render.ts';
import { cleanText } from './text.ts';
import type { ActionRow } from './webhook-message.ts';

/** A link of an incident: its label and an `http` or `https` URL in ASCII, percent-encoded. */
export interface IncidentLink {
  readonly label: string;
  readonly url: string;
}

/**
 * Links of an alert, in the order in which they are shown: its own, trace, logs, runbook. The alert's runbook goes before the
 * template's. A template with a placeholder that the alert has no value for gives no link, nor does anything that is no http(s)
 * URL; the same URL stands only once.
 */
export function linksOf(alert: Alert, incidentId: string, templates: RenderOptions['links']): readonly IncidentLink[] {
  const values: Readonly<Record<string, string | undefined>> = {
    trace_id: alert.traceId,
    span_id: alert.spanId,
    service: alert.origin.service,
    environment: alert.origin.environment,
    incident: incidentId,
  };
  const candidates: readonly (readonly [label: string, url: string | undefined])[] = [
    ['Open', alert.url],
    ['Trace', expandTemplate(templates.traceUrl, values)],
    ['Logs', expandTemplate(templates.logsUrl, values)],
    ['Runbook', alert.runbookUrl],
    ['Runbook', expandTemplate(templates.runbookUrl, values)],
  ];
  const links: IncidentLink[] = [];
  for (const [label, candidate] of candidates) {
    const url = candidate === undefined ? undefined : normalizeUrl(candidate);
    if (url !== undefined && !links.some((link) => link.url === url || link.label === label))
      links.push({ label, url });
  }
  return links;
}

const PLACEHOLDER = /\{(trace_id|span_id|service|environment|incident)\}/g;

function expandTemplate(
  template: string | undefined,
  values: Readonly<Record<string, string | undefined>>,
): string | undefined {
  if (template === undefined) return undefined;
  let isComplete = true;
  const url = template.replace(PLACEHOLDER, (_, name: string) => {
    const value = values[name];
    if (value === undefined || value === '') isComplete = false;
    return encodeURIComponent(cleanText(value ?? ''));
  });
  return isComplete ? url : undefined;
}

/** Nobody follows a longer link, and no budget has room for it. */
const MAX_URL_CHARS = 2_048;

function normalizeUrl(text: string): string | undefined {
  if (text.length > MAX_URL_CHARS || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  // User names and passwords are nobody's business here, and a webhook URL is a password as a whole.
  if (url.username !== '' || url.password !== '' || url.pathname.includes('/api/webhooks/')) return undefined;
  // These would end a masked link, or be taken for a placeholder.
  const href = `${url.protocol}//${url.host}${escapeUrl(url.pathname + url.search + url.hash)}`;
  return href.length > MAX_URL_CHARS ? undefined : href;
}

function escapeUrl(path: string): string {
  return path.replace(/[^\w\-.~:/?#@!$&*+,;=%]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

/**
 * True when Discord takes the URL for a button: at most 512 characters, and a host with a dot. A name without one (`localhost`,
 * `grafana`) fails the whole message with "Not a well formed URL".
 *
 * @see https://github.com/bugsink/bugsink/issues/280
 * @see https://github.com/grafana/grafana/issues/65270#issuecomment-1524046035
 */
export function isButtonUrl(url: string): boolean {
  return url.length <= MAX_BUTTON_URL_CHARS && /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(new URL(url).hostname);
}

/** One row of link buttons, of the links that can be one; undefined without any. */
export function toButtonRow(links: readonly IncidentLink[]): ActionRow | undefined {
  const buttons = links.filter((link) => isButtonUrl(link.url)).slice(0, MAX_BUTTONS_PER_ROW);
  if (buttons.length === 0) return undefined;
  return {
    type: 1,
    components: buttons.map(({ label, url }) => ({
      type: 2,
      style: 5,
      label: label.slice(0, MAX_BUTTON_LABEL_CHARS),
      url,
    })),
  };
}

/** Markdown of a link; it works in descriptions and field values of embeds. */
export function toMaskedLink({ label, url }: IncidentLink): string {
  return `[${label}](${url})`;
}

const SNOWFLAKE = /^\d{17,20}$/;

/** True for an id as Discord makes them. @see https://discord.com/developers/docs/reference#snowflakes */
export function isSnowflake(id: string | undefined): id is string {
  return id !== undefined && SNOWFLAKE.test(id);
}

/** The address of a message in the Discord client; undefined while its guild or channel is not known. */
export function messageUrl(ref: MessageRef): string | undefined {
  const channelId = ref.threadId ?? ref.channelId;
  if (!isSnowflake(ref.guildId) || !isSnowflake(channelId) || !isSnowflake(ref.messageId)) return undefined;
  return `https://discord.com/channels/${ref.guildId}/${channelId}/${ref.messageId}`;
}
