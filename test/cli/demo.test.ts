import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ExpectedDigest, ExpectedPage } from '../../src/cli/demo-scene.ts';
import { SCENES } from '../../src/cli/demo-scenes.ts';
import { missingPackages, SHOP_DIR, SHOP_PACKAGES } from '../../src/cli/demo-shop.ts';
import type { Played } from '../../src/cli/demo-stage.ts';
import { type DemoOutcome, digestOf, faultsOf, findPage, judge } from '../../src/cli/demo-verdict.ts';
import { systemClock } from '../../src/clock.ts';
import type { Snapshot } from '../../src/sandbox/view.ts';
import { type EmulatedMessage, startDiscordEmulator } from '../../src/testing.ts';
import { remove, v10 } from '../discord-emulator/calls.ts';
import { createHostFor, runBuilt } from './run-command.ts';

/** What the demo should leave behind, made of its own expectations. */
function goodMessages(): EmulatedMessage[] {
  let atMs = 0;
  const message = (channel: string, title: string, more: object = {}): EmulatedMessage =>
    ({
      channel,
      content: '',
      embeds: [{ title }],
      pinged: false,
      notified: 'silent',
      attachments: [],
      versions: [],
      createdAtMs: ++atMs,
      ...more,
    }) as unknown as EmulatedMessage;
  const pages = new Map(SCENES.flatMap(({ pages }) => pages.map((page) => [page.title, page])));
  const single = [...pages.values()].map((page) => {
    const { channel, title, count, color, pings, sound, content = '', shows, hasFile, ticks = 0 } = page;
    const embed = (times: number): object => ({
      title: times > 1 ? `${title} ×${times}` : title,
      color,
      description: shows instanceof RegExp ? '' : shows,
      footer: { text: 'A1B2C3D4 · first notice, delayed 34 s · P1' },
    });
    return message(channel, title, {
      content: pings ? `${content} @everyone` : content,
      embeds: [embed(count)],
      pinged: pings,
      notified: sound,
      attachments: hasFile ? [{ text: 'all of it' }] : [],
      versions: Array.from({ length: Math.max(0, ticks - 1) }, (_, index) => ({ embeds: [embed(index + 1)] })),
    });
  });
  const [first = '', ...others] = DIGEST.titles;
  return [
    ...single,
    message(DIGEST.channel, first),
    message(DIGEST.channel, `${others.length} incidents, ${others.length} occurrences`, {
      embeds: [{ title: `${others.length} incidents, ${others.length} occurrences`, color: DIGEST.color }],
      attachments: [{ text: ['head', ...others.map((title) => `1\tP2\t${title}`)].join('\n') }],
    }),
  ];
}

const DIGEST = SCENES.flatMap(({ digest }) => digest ?? [])[0] as ExpectedDigest;
const DIED = { code: 1, signal: null };
const PLAYED: Played = { faults: new Map(), end: DIED, crashes: [DIED] };
const verdictOn = (messages: EmulatedMessage[], played = PLAYED): DemoOutcome =>
  judge({ messages: () => messages, requests: () => [], violations: () => [] }, played, 'secret');
const faultyScenes = (outcome: DemoOutcome): string[] =>
  outcome.scenes.filter(({ faults }) => faults.length > 0).map(({ name }) => name);
const titleOf = ({ embeds }: EmulatedMessage): string => embeds[0]?.title ?? '';

// Most of its time the demo waits, so two of them run at the same time.
describe.concurrent('the demo', () => {
  it('ends with 0 when every scene has shown what it should', { timeout: 150_000 }, async ({ expect }) => {
    const { code, stdout, stderr } = await runBuilt(['demo']);
    expect({ code, stderr, stdout }).toEqual({ code: 0, stderr: '', stdout });
    expect(stdout).toMatch(
      new RegExp(
        `${SCENES.length}/${SCENES.length} scenes as expected: \\d+ messages for 442 occurrences, 3 of them pinged`,
      ),
    );
    expect(stdout).not.toContain('✗');
    for (const { story } of SCENES) expect(stdout).toContain(story);
    expect(stdout).not.toContain('\u001b');
    // Whoever has no wide terminal reads it all the same.
    expect(
      stdout
        .split('\n')
        .filter((line) => line.startsWith('  ✓'))
        .every((line) => line.length <= 80),
    ).toBe(true);
  });

  it('stays on a terminal: the shop is started again whenever it dies; a page that is missing is exit code 1', {
    timeout: 150_000,
  }, async ({ expect, onTestFinished }) => {
    const { runCommandLine } = await import('../../dist/cli/program.js');
    let stop: () => void = () => undefined;
    const stopped = new Promise<void>((resolve) => {
      stop = resolve;
    });
    const { host, stdout } = createHostFor({
      env: { PATH: process.env['PATH'] ?? '' },
      stop: stopped,
      isTerminal: true,
      // Pauses for the eye of whoever watches are the only sleeps that nothing can end.
      clock: { ...systemClock, sleep: (ms, signal) => systemClock.sleep(signal === undefined ? 0 : ms, signal) },
    });
    const ended = runCommandLine(['demo'], host);
    // Also when something in here fails: the shops are processes of their own.
    onTestFinished(async () => {
      stop();
      await ended;
    });
    const find = (pattern: RegExp): string => [...stdout().matchAll(pattern)].at(-1)?.[1] ?? '';
    await expect.poll(stdout, { timeout: 20_000 }).toContain('#deploys');
    const sandbox = find(/(http:\/\/127\.0\.0\.1:\d+)/g);
    const state = async (): Promise<Snapshot> => (await fetch(`${sandbox}/_sandbox/state`)).json() as never;
    const messages = async (): Promise<Snapshot['messages']> => (await state()).messages;
    await expect
      .poll(async () => (await messages()).map(({ preview }) => preview))
      .toContainEqual(expect.stringContaining('shop 1.4.3 is live'));
    // Somebody deletes one: what the scene should show is not there at the end.
    const { channels } = await state();
    const deploys = channels.find(({ name }) => name === 'deploys');
    const p0 = channels.find(({ name }) => name === 'p0');
    const webhook = /=(.*)/.exec(deploys?.connect ?? '')?.[1] ?? '';
    const deployed = (await messages()).find(({ channelId }) => channelId === deploys?.id);
    await remove(`${v10(webhook)}/messages/${deployed?.id}`);

    await expect.poll(stdout, { timeout: 100_000 }).toContain('Ctrl-C ends the demo.');
    expect(stdout()).toContain(`${SCENES.length - 1}/${SCENES.length} scenes as expected`);
    expect(stdout()).toContain('scene deploy: no such message in #deploys');

    // As it is told on the terminal: Discord off, something breaks, kill -9, Discord on.
    const outage = (on: boolean): Promise<Response> =>
      fetch(`${sandbox}/_sandbox/switches/outage`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ on }),
      });
    await outage(true);
    expect((await fetch(find(/curl -X POST (http:\S+)/g), { method: 'POST' })).status).toBe(409);
    // The pager has it on disk by the time at which its first attempt fails.
    await expect
      .poll(async () => (await state()).requests.findLast(({ channelId }) => channelId === p0?.id)?.outcome, {
        timeout: 10_000,
      })
      .toBe('cut');
    process.kill(Number(find(/kill -9 (\d+)/g)), 'SIGKILL');
    await expect.poll(stdout, { timeout: 20_000 }).toContain('The shop is open again: ');
    expect(stdout()).toContain('The shop died by SIGKILL');
    await outage(false);
    await expect
      .poll(async () => (await messages()).filter(({ tone, preview }) => tone === 'P0' && preview.includes('ledger')), {
        timeout: 20_000,
      })
      .toHaveLength(2);

    stop();
    expect(await ended).toBe(1);
    await expect(fetch(sandbox)).rejects.toThrow();
  });

  it('ends at once when it is stopped in the middle, and everything it started ends too', async ({ expect }) => {
    const { runCommandLine } = await import('../../dist/cli/program.js');
    const { host, stdout } = createHostFor({
      env: { PATH: process.env['PATH'] ?? '' },
      stop: new Promise((resolve) => setTimeout(resolve, 400)),
      isTerminal: true,
    });
    expect(await runCommandLine(['demo'], host)).toBe(1);
    const sandbox = /http:\/\/127\.0\.0\.1:\d+/.exec(stdout())?.[0] ?? '';
    await expect(fetch(sandbox)).rejects.toThrow();
  });
});

describe('the verdict of the demo', () => {
  it('is good of what every scene expects', () => {
    const outcome = verdictOn(goodMessages());
    expect(outcome.scenes.filter(({ faults }) => faults.length > 0)).toEqual([]);
    expect(outcome).toMatchObject({ isGood: true, occurrences: 442, pinged: 3 });
  });

  it.each(SCENES.filter(({ pages, digest }) => pages.length > 0 || digest !== undefined))(
    '$name: without its messages it is not',
    ({ name, pages, digest }) => {
      const isOf = (message: EmulatedMessage): boolean =>
        pages.some((page) => findPage(page, [message]).length > 0) ||
        (digest !== undefined && digestOf(digest, [message]) !== undefined);
      const outcome = verdictOn(goodMessages().filter((message) => !isOf(message)));
      expect(outcome.isGood).toBe(false);
      expect(faultyScenes(outcome)).toContain(name);
    },
  );

  it.each(SCENES)('$name: what could not be done is a fault', ({ name }) => {
    const outcome = verdictOn(goodMessages(), { ...PLAYED, faults: new Map([[name, 'not done within 10 s']]) });
    expect(outcome.isGood).toBe(false);
    expect(faultyScenes(outcome)).toEqual([name]);
  });

  it.each<[string, string, (messages: EmulatedMessage[]) => unknown]>([
    ['a count that went up at once', 'ticks', (all) => edit(all, '在庫', { versions: [] })],
    [
      'a count that went down',
      'ticks',
      (all) => edit(all, '在庫', { versions: all.find((one) => titleOf(one).includes('在庫'))?.versions.toReversed() }),
    ],
    ['no duration', 'recovery', (all) => retitle(all, 'payment', '✅ ~~payment provider answers slowly~~ · resolved')],
    [
      'a crash loop of two messages',
      'crash_loop',
      (all) => all.push(...all.filter((one) => /listen/.test(titleOf(one)))),
    ],
    ['a P0 that came last', 'outage', (all) => edit(all, 'ledger', { createdAtMs: 1_000_000 })],
    ['a digest with a sound', 'storm', (all) => edit(all, ' incidents, ', { notified: 'push' })],
    ['a digest that pings', 'storm', (all) => edit(all, ' incidents, ', { pinged: true })],
    ['a digest in another colour', 'storm', (all) => recolor(all, ' incidents, ')],
    ['a list that lacks a line', 'storm', (all) => cutList(all)],
    ['a digest that repeats what stood before', 'storm', (all) => all.push(...all.filter(isFirstOfStorm))],
    ['a page that does not say how late it was', 'restart', (all) => refoot(all, 'the card has expired')],
  ])('%s is a fault of the scene %s', (_what, name, change) => {
    const messages = goodMessages();
    change(messages);
    const outcome = verdictOn(messages);
    expect(outcome.isGood).toBe(false);
    expect(faultyScenes(outcome)).toContain(name);
  });

  it('nothing has arrived, and no promise can be checked by that', async () => {
    const discord = await startDiscordEmulator();
    const end = { code: 0, signal: null };
    const outcome = judge(discord, { faults: new Map(), end, crashes: [end] }, 'secret');
    await discord.close();
    expect(outcome).toMatchObject({ isGood: false, messages: 0, occurrences: 0, pinged: 0 });
    expect(faultyScenes(outcome)).toEqual(SCENES.map(({ name }) => name).filter((name) => name !== 'killed'));
    expect(outcome.promises.at(-1)?.faults).toEqual(['exit code 0, expected 1', 'exit code 0, expected 1']);
  });

  it('a secret that was sent, a page that nobody ordered, a ping that should not have been', async () => {
    const discord = await startDiscordEmulator();
    await fetch(`${discord.webhookUrl('alerts').replace('/api/', '/api/v10/')}?wait=true`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'test/1' },
      body: JSON.stringify({ content: 'secret @everyone', allowed_mentions: { parse: ['everyone'] } }),
    });
    const { promises } = judge(discord, PLAYED, 'secret');
    await discord.close();
    expect(promises.map(({ faults }) => faults.length)).toEqual([1, 1, 1, 0, 0]);
  });

  it('a page that did not come is a fault', () => {
    for (const page of SCENES.flatMap(({ pages }) => pages))
      expect(faultsOf(page, [])).toEqual([`no such message in #${page.channel}`]);
  });

  it.each([
    [{}, []],
    [
      { embeds: [{ title: 'ledger does not balance, payouts are stopped ×2', color: 0xff0000 }] },
      ['count: found 2, expected 1'],
    ],
    [
      { embeds: [{ title: 'ledger does not balance, payouts are stopped', color: 1 }] },
      ['colour: found 1, expected 16711680'],
    ],
    [{ pinged: false }, ['pings: found false, expected true']],
    [{ notified: 'silent' }, ['sound: found silent, expected push']],
    [{ channel: 'alerts' }, ['no such message in #p0']],
    [
      { content: '🔴 P0 shop' },
      ['content: found 🔴 P0 shop, expected 🔴 P0 shop · ledger does not balance, payouts are stopped @everyone'],
    ],
    [
      { content: '🔴 P0 shop · ledger does not balance, payouts are stopped' },
      [
        'content: found 🔴 P0 shop · ledger does not balance, payouts are stopped, expected 🔴 P0 shop · ledger does not balance, payouts are stopped @everyone',
      ],
    ],
  ])('with %j it finds %j', (difference, faults) => {
    const page = SCENES.find(({ name }) => name === 'outage')?.pages[0] as ExpectedPage;
    const message = {
      channel: 'p0',
      content: '🔴 P0 shop · ledger does not balance, payouts are stopped @everyone',
      embeds: [{ title: 'ledger does not balance, payouts are stopped', color: 0xff0000 }],
      pinged: true,
      notified: 'push',
      attachments: [],
      ...difference,
    };
    expect(faultsOf(page, [message as unknown as EmulatedMessage])).toEqual(faults);
    if (faults.length === 0)
      expect(faultsOf(page, [message, message] as never)).toEqual(['messages: found 2, expected 1']);
  });

  it('knows what its shop needs', async () => {
    expect(missingPackages()).toEqual([]);
    const elsewhere = await mkdtemp(join(tmpdir(), 'demo-'));
    await writeFile(join(elsewhere, 'package.json'), '{}');
    expect(missingPackages(elsewhere)).toEqual(SHOP_PACKAGES);
  });
});

/** Changes the first message whose title has these words. */
function edit(messages: EmulatedMessage[], words: string, change: object): void {
  const index = messages.findIndex((one) => titleOf(one).includes(words));
  messages[index] = { ...(messages[index] as EmulatedMessage), ...change };
}

function editEmbed(messages: EmulatedMessage[], words: string, change: object): void {
  const message = messages.find((one) => titleOf(one).includes(words));
  edit(messages, words, { embeds: [{ ...message?.embeds[0], ...change }] });
}

const retitle = (all: EmulatedMessage[], words: string, title: string): void => editEmbed(all, words, { title });
const recolor = (all: EmulatedMessage[], words: string): void => editEmbed(all, words, { color: 1 });
const refoot = (all: EmulatedMessage[], words: string): void =>
  editEmbed(all, words, { footer: { text: 'A1B2C3D4 · first notice · P1' } });
const isFirstOfStorm = (one: EmulatedMessage): boolean => titleOf(one) === DIGEST.titles[0];

function cutList(messages: EmulatedMessage[]): void {
  const text = messages.find((one) => titleOf(one).includes(' incidents, '))?.attachments[0]?.text ?? '';
  edit(messages, ' incidents, ', { attachments: [{ text: text.slice(0, text.lastIndexOf('\n')) }] });
}

describe('the shop', () => {
  it.each(['server.js', 'logger.js'])('%s knows nothing of the pager', async (file) => {
    const source = await readFile(join(SHOP_DIR, file), 'utf8');
    expect(source).not.toMatch(/pager|discord/i);
  });
});
