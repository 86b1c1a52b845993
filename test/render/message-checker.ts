import type { WebhookMessage } from '../../src/render/webhook-message.ts';

/**
 * What Discord would say against a message: every documented limit, written down here once more and not taken from the code under
 * test. Empty when it would be accepted.
 *
 * Sources: https://discord.com/developers/docs/resources/message#embed-object-embed-limits,
 * https://discord.com/developers/docs/resources/webhook#execute-webhook,
 * https://discord.com/developers/docs/components/reference#button
 */
export function complaintsAbout(message: WebhookMessage): readonly string[] {
  const complaints: string[] = [];
  const demand = (isRight: boolean, complaint: string): void => {
    if (!isRight) complaints.push(complaint);
  };
  const count = (text: string): number => [...text.trim()].length;
  const text = (name: string, value: string | undefined, max: number, min = 1): void => {
    if (value === undefined) return;
    demand(count(value) <= max, `${name}: ${count(value)} of ${max} characters`);
    demand(count(value) >= min, `${name}: empty`);
    demand(!/[\ud800-\udfff]/u.test(value), `${name}: lone surrogate`);
    demand(
      !/[\0-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.test(value),
      `${name}: control character`,
    );
  };

  text('content', message.content, 2_000);
  demand(message.embeds.length <= 10, 'too many embeds');
  demand(message.content !== undefined || message.embeds.length > 0, 'empty message');
  let total = 0;
  for (const embed of message.embeds) {
    text('title', embed.title, 256);
    text('description', embed.description, 4_096);
    text('footer', embed.footer?.text, 2_048);
    demand((embed.fields?.length ?? 0) <= 25, 'too many fields');
    demand((embed.fields ?? []).filter(({ inline }) => inline === true).length <= 6, 'too many inline fields');
    for (const field of embed.fields ?? []) {
      text('field name', field.name, 256);
      text('field value', field.value, 1_024);
      total += count(field.name) + count(field.value);
    }
    total += count(embed.title ?? '') + count(embed.description ?? '') + count(embed.footer?.text ?? '');
    const { color = 0, timestamp = '' } = embed;
    demand(Number.isInteger(color) && color >= 0 && color <= 0xffffff, `color ${color}`);
    demand(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(timestamp), `timestamp ${timestamp}`);
    demand(embed.url === undefined, 'embeds that share a url collapse');
    const fences = (embed.description ?? '').split('```').length - 1;
    demand(fences === 0 || fences === 2, `${fences} fences`);
  }
  demand(total <= 6_000, `embeds: ${total} characters together`);

  demand((message.components?.length ?? 0) <= 5, 'too many rows');
  for (const row of message.components ?? []) {
    demand(row.components.length >= 1 && row.components.length <= 5, 'buttons in a row');
    for (const { url, label } of row.components) {
      text('button label', label, 80);
      text('button url', url, 512);
      demand(/^https?:\/\/[^/\s]+\.[^/\s]+/.test(url) && URL.canParse(url), `button url ${url}`);
    }
  }

  const { parse, roles = [], users = [] } = message.allowed_mentions;
  demand(Array.isArray(parse), 'allowed_mentions.parse is missing');
  for (const ids of [roles, users]) {
    demand(ids.length <= 100 && new Set(ids).size === ids.length, 'mention ids');
    demand(
      ids.every((id) => /^\d{17,20}$/.test(id)),
      'mention id form',
    );
  }
  demand(message.flags === undefined || message.flags === 4_096, `flags ${message.flags}`);
  demand((message.files?.length ?? 0) <= 10, 'too many files');
  for (const file of message.files ?? []) {
    demand(Buffer.byteLength(file.text) <= 1_048_576, `file of ${Buffer.byteLength(file.text)} bytes`);
    demand(/^[\w-]{1,80}\.txt$/.test(file.name), `file name ${file.name}`);
  }
  demand(JSON.stringify(JSON.parse(JSON.stringify(message))) === JSON.stringify(message), 'not plain JSON');
  return complaints;
}

/** Every mention that the content would make, were all of them allowed. */
export function mentionsIn(content: string): readonly string[] {
  return content.match(/@everyone|@here|<@[&!]?\d+>|<#\d+>/g) ?? [];
}
