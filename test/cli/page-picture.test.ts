import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawEdit, drawPage, type PictureOptions, wrap } from '../../src/cli/page-picture.ts';
import { createStyle } from '../../src/cli/terminal.ts';
import { type DiscordEmulator, type EmulatedMessage, startDiscordEmulator } from '../../src/testing.ts';

let discord: DiscordEmulator;
beforeAll(async () => {
  discord = await startDiscordEmulator({
    bucket: { limit: 1_000, windowMs: 1_000 },
    channelBudget: 'off',
    globalLimit: 'off',
  });
});
afterAll(() => discord.close());

async function post(body: object): Promise<EmulatedMessage> {
  const answer = await fetch(
    `${discord.apiBaseUrl}${new URL(discord.webhookUrl('ops')).pathname.replace('/api', '')}?wait=true&with_components=true`,
    {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'DiscordBot (https://example.com, 1)' },
      body: JSON.stringify(body),
    },
  );
  const { id } = (await answer.json()) as { id: string };
  const message = discord.messages().find((one) => one.id === id);
  if (message === undefined) throw new Error(`refused: ${answer.status}`);
  return message;
}

const options: PictureOptions = { style: createStyle(1), columns: 60, nowMs: 1_000_000 };

describe('a page in a terminal', () => {
  it('shows what Discord shows', async () => {
    const message = await post({
      content: '🔴 P0 shop · it broke @everyone',
      allowed_mentions: { parse: ['everyone'] },
      embeds: [
        {
          title: 'snake\\_case broke ×12',
          description: '~~old~~ [the message before](https://discord.com/channels/1/2/3)\n```\nat a (b.js:1)\n```',
          color: 0xff0000,
          fields: [
            { name: 'Service', value: 'shop', inline: true },
            { name: 'First seen', value: '<t:990:R>', inline: true },
          ],
          footer: { text: 'AB12 · first notice · P0' },
        },
      ],
      components: [{ type: 1, components: [{ type: 2, style: 5, label: 'Trace', url: 'https://x.example' }] }],
    });
    expect(drawPage(message, { ...options, latencyMs: 38 })).toEqual([
      '  #ops · 🔔 push, pings @everyone · arrived after 38 ms',
      '  🔴 P0 shop · it broke @everyone',
      '  ▌ snake_case broke ×12',
      '  ▌ old the message before ↗',
      '  ▌   at a (b.js:1)',
      '  ▌ Service: shop   First seen: 10 s ago',
      '  ▌ AB12 · first notice · P0',
      '  [ Trace ↗ ]',
    ]);
  });

  it('of a silent message says so', async () => {
    const message = await post({ embeds: [{ title: 'fyi' }], flags: 4096, allowed_mentions: { parse: [] } });
    expect(drawPage(message, options)[0]).toBe('  #ops · 🔕 silent');
    expect(drawEdit(message, options)).toEqual(['  #ops · the same message, edited in place · no sound', '  ▌ fyi']);
  });

  it('draws the bar in the colour of the embed', async () => {
    const message = await post({ embeds: [{ title: 'x', color: 0x3399ff }] });
    expect(drawPage(message, { ...options, style: createStyle(24) }).at(-1)).toContain('\u001b[38;2;51;153;255m▌');
  });

  it('never lets text steer the terminal, and keeps its width', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, maxLength: 200, unit: 'binary' }), async (text) => {
        const shown = `x${text}`;
        const message = await post({
          content: shown,
          embeds: [{ title: shown, description: `\`\`\`\n${shown}\n\`\`\`\n${shown}` }],
        });
        const lines = drawPage(message, options);
        for (const line of lines) {
          expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
          expect([...line].length).toBeLessThanOrEqual(60);
        }
      }),
      { numRuns: 50 },
    );
  });
});

it('wraps at blanks, breaks what is too long, loses nothing', () => {
  expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
  expect(wrap('abcdefghij k', 4)).toEqual(['abcd', 'efgh', 'ij k']);
  expect(wrap('', 4)).toEqual(['']);
});
