import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import type { Pager, PagerOptions, RedactProcessor } from '../../src/index.ts';
import { createPager } from '../../src/index.ts';
import { type DiscordEmulator, startDiscordEmulator } from '../../src/testing.ts';
import { assemble, standing } from '../support/assembled-pager.ts';

const FAILED = '[withheld: redaction failed]';
const ACME = ['acme', '4bcdefghijklmnop'].join('_');

describe('the whole pager', () => {
  /** Drops what it is told to drop, for as long as it is told. */
  function dropping(): { processor: RedactProcessor; isOn: boolean } {
    const switched: ReturnType<typeof dropping> = {
      isOn: true,
      processor: (alert) => (switched.isOn && alert.title === 'noise' ? null : alert),
    };
    return switched;
  }

  it('counts what a processor drops as a loss with that reason, settles it, and has its next repeat come in full', async () => {
    const { processor } = dropping();
    const { core, clock, settled, send } = await assemble({ redactProcessors: [processor] });
    const { id, repeatKey } = send({ title: 'noise', repeatKey: 7, count: 3 });
    expect([settled.has(id), core.isIdle]).toEqual([true, true]);
    expect(core.takeForgotten()).toEqual([repeatKey]);
    expect(core.takeForgotten()).toEqual([]);
    expect(core.repeat({ repeatKey: 7, count: 4, firstMs: clock.now(), lastMs: clock.now() })).toBe(true);
    expect(core.counters()).toMatchObject({ posted: 0, suppressed: 0, dropped: { redaction_processor: 7 } });
    expect(core.counters().dropped).not.toHaveProperty('pager_crashed');
  });

  it('decides anew about what comes again: let through, its repeats count; dropped again, they do not', async () => {
    const switched = dropping();
    const { core, clock, discord, send } = await assemble({ redactProcessors: [switched.processor] });
    const repeat = (): boolean => core.repeat({ repeatKey: 7, count: 2, firstMs: clock.now(), lastMs: clock.now() });
    send({ title: 'noise', repeatKey: 7 });
    switched.isOn = false;
    send({ title: 'noise', repeatKey: 7 });
    expect(repeat()).toBe(true);
    await clock.advance(1_000);
    expect(core.counters()).toMatchObject({ posted: 1, suppressed: 2, dropped: { redaction_processor: 1 } });
    expect(standing(discord)).toMatchObject([{ titles: [expect.stringContaining('noise')] }]);
    switched.isOn = true;
    send({ title: 'noise', repeatKey: 7 });
    expect(repeat()).toBe(true);
    expect(core.counters()).toMatchObject({ posted: 1, suppressed: 2, dropped: { redaction_processor: 4 } });
  });

  it('does not ask for a resolve that was dropped: the incident stays open', async () => {
    const { core, clock, discord, send } = await assemble({
      redactProcessors: [(alert) => (alert.action === 'resolve' ? null : alert)],
    });
    send({ title: 'down', dedupKey: 'db' });
    send({ dedupKey: 'db', action: 'resolve' });
    await clock.advance(10_000);
    expect(standing(discord)).toMatchObject([{ titles: ['down'] }]);
    expect(core.counters().dropped).toEqual({ redaction_processor: 1 });
  });

  it('finds the incident of a key that a processor has changed', async () => {
    const { core, clock, send } = await assemble({
      redactProcessors: [(alert) => ({ ...alert, dedupKey: alert.dedupKey?.replace(/:.*/, '') })],
    });
    send({ title: 'login fails', dedupKey: 'login:ann@example.com' });
    await clock.advance(1_000);
    expect(await core.knows('login:bob@example.com')).toBe(true);
    expect(await core.knows('logout:ann@example.com')).toBe(false);
  });

  it('masks what paths name, in attributes, fields and the alert itself', async () => {
    const { clock, discord, send } = await assemble({
      redactPaths: ['user.email', '**.iban', 'fields.order', 'title', 'headers["x-internal"]'],
    });
    send({
      title: 'planted-1',
      message: 'it broke',
      attributes: {
        user: { email: 'planted-2', name: 'ann' },
        'user.email': 'planted-3',
        deep: [{ er: { iban: 'planted-4' } }],
        headers: { 'x-internal': 'planted-5', host: 'shop.example' },
      },
      fields: { order: 'planted-6', iban: 'planted-7', shop: 'north' },
    });
    await clock.advance(1_000);
    const shown = JSON.stringify(discord.posts[0]?.message);
    expect(shown).not.toMatch(/planted/);
    for (const kept of ['it broke', 'north']) expect(shown).toContain(kept);
  });

  it('redacts what a processor adds', async () => {
    const { clock, discord, send } = await assemble({
      redactProcessors: [(alert) => ({ ...alert, message: `${alert.message} password=hunter2 ${ACME}` })],
      redactDetectors: [{ name: 'acme-key', prefix: 'acme_' }],
    });
    send({ message: 'it broke' });
    await clock.advance(1_000);
    const [{ message } = {}] = discord.posts;
    expect(JSON.stringify(message)).toContain('password=[REDACTED] [REDACTED:acme-key]');
    expect(JSON.stringify(message)).not.toMatch(/hunter2|acme_4/);
  });

  it('pages with priority, service and time where a processor fails, and merges what it cannot tell apart', async () => {
    const { core, clock, discord, warnings, send } = await assemble({
      redactProcessors: [
        () => {
          throw new Error('hunter2');
        },
      ],
    });
    send({ priority: 'P0', title: 'hunter2', message: 'hunter2', attributes: { a: 'hunter2' } });
    send({ priority: 'P0', title: 'hunter2 again', message: 'hunter2' });
    await clock.advance(10_000);
    expect(standing(discord)).toEqual([
      { titles: [expect.stringContaining(FAILED)], content: `🔴 P0 shop · ${FAILED} ×2 @everyone` },
    ]);
    expect(JSON.stringify([discord.seen, warnings])).not.toContain('hunter2');
    expect(warnings).toEqual([expect.stringMatching(/^redact_processor: redaction processor 1 of 1 threw an error/)]);
    expect(core.counters().dropped).toEqual({});
  });

  it('pages with priority, service and time where a processor is missing', async () => {
    const { clock, discord, send } = await assemble({ redactProcessors: ['/nowhere/gone.mjs'] });
    send({ priority: 'P0', title: 'hunter2', message: 'hunter2' });
    await clock.advance(1_000);
    expect(standing(discord)).toMatchObject([{ content: `🔴 P0 shop · ${FAILED} @everyone` }]);
  });

  it('pages with priority, service and time where a pattern was dropped', async () => {
    const { clock, discord, send, warnings, core } = await assemble({
      redactDetectors: [{ name: 'order', pattern: /order-\d{6}/ }],
    });
    const { steadyMs } = clock;
    // By this clock every use takes a second.
    let usedMs = 0;
    clock.steadyMs = () => {
      usedMs += 1_000;
      return steadyMs.call(clock) + usedMs;
    };
    core.redactor.redactText('order-123456');
    clock.steadyMs = steadyMs;
    send({ priority: 'P0', title: 'hunter2', message: 'hunter2', channel: 'default' });
    await clock.advance(1_000);
    expect(standing(discord)).toMatchObject([{ content: `🔴 P0 shop · ${FAILED} @everyone` }]);
    expect(JSON.stringify(discord.seen)).not.toContain('hunter2');
    expect(warnings).toEqual([expect.stringMatching(/^redact_detector: the redaction detector "order" took too long/)]);
  });
});

describe('a pager in an application', () => {
  let discord: DiscordEmulator | undefined;
  let pager: Pager | undefined;
  afterEach(async () => {
    await pager?.shutdown();
    expect(discord?.violations()).toEqual([]);
    await discord?.close();
  });

  const MODULE = fileURLToPath(new URL('../fixtures/processors/mask-customers.mjs', import.meta.url));
  const built = async (): Promise<typeof createPager> =>
    ((await import(new URL('../../dist/index.js', import.meta.url).href)) as { createPager: typeof createPager })
      .createPager;

  it.each<
    [
      how: string,
      create: () => Promise<typeof createPager>,
      processors: () => Promise<PagerOptions['redactProcessors']>,
    ]
  >([
    ['in a thread of its own, with a module', built, async () => [MODULE]],
    [
      'in the application’s thread, with a function',
      async () => createPager,
      async () => ((await import(MODULE)) as { default: RedactProcessor }).default,
    ],
  ])('%s: masks, drops, withholds, and redacts what was added', async (_, create, processors) => {
    const emulator = await startDiscordEmulator();
    discord = emulator;
    const start = await create();
    const own = start({
      env: {},
      stateDir: 'none',
      bootCheck: 'off',
      serviceName: 'shop',
      webhooks: { default: emulator.webhookUrl('alerts') },
      redactProcessors: await processors(),
      redactDetectors: [{ name: 'order', pattern: /\border-\d{6}\b/ }],
    });
    pager = own;
    const page = (title: string, message: string): void => own.page({ title, message, priority: 'P1' });
    page('payment of customer 4711 failed', 'customer 4711 has order-123456');
    page('too hard', 'customer 4712');
    for (let i = 0; i < 5; i++) page('health check', 'customer 4713');
    await own.flush({ timeoutMs: 15_000 });
    const shown = JSON.stringify(emulator.messages());
    expect(shown).toContain('payment of customer N failed');
    expect(shown).toContain('customer N has [REDACTED:order] password=[REDACTED]');
    expect(shown).toContain(FAILED);
    expect(shown).not.toMatch(/471\d|123456|plantedSecret1|health check|too hard/);
    await expect
      .poll(() => own.stats())
      .toMatchObject({
        received: 7,
        posted: 2,
        dropped: { redaction_processor: 5 },
        configProblems: [],
      });
  });

  it('whose processor drops something counts every occurrence of it, and asks about it again', async () => {
    const emulator = await startDiscordEmulator();
    discord = emulator;
    let isNoise = true;
    const own = createPager({
      env: {},
      stateDir: 'none',
      bootCheck: 'off',
      webhooks: { default: emulator.webhookUrl('alerts') },
      redactProcessors: (alert) => (isNoise ? null : alert),
    });
    pager = own;
    // The second and third are counted on the application's side, and nobody asks for them.
    for (let i = 0; i < 3; i++) own.page({ title: 'flapping' });
    await expect.poll(() => own.stats().dropped).toEqual({ redaction_processor: 3 });
    isNoise = false;
    own.page({ title: 'flapping' });
    await own.flush();
    expect(emulator.messages()).toMatchObject([{ embeds: [{ title: 'flapping' }] }]);
    await expect.poll(() => own.stats()).toMatchObject({ received: 4, posted: 1, dropped: { redaction_processor: 3 } });
  });
});
