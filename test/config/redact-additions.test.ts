import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type ConfigInput, loadConfig } from '../../src/config/load-config.ts';
import type { PagerConfig } from '../../src/config/pager-config.ts';
import type { ResolvedConfig } from '../../src/config/resolved-config.ts';
import { createProcessorStage } from '../../src/redact-processors.ts';
import { makeAlert } from '../support/alerts.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { HOST, input, TOKEN, webhook } from './config-input.ts';

const ON = { DISCORD_PAGER_WEBHOOK_URL: webhook() };
const MODULES = fileURLToPath(new URL('../fixtures/processors/', import.meta.url));
const ACME = { name: 'acme-key', prefix: 'acme_' };

function load(
  options: object,
  env: Record<string, string> = {},
  more: Partial<ConfigInput> = {},
): Promise<ResolvedConfig> {
  return loadConfig({ ...input({ ...ON, ...env }, options), ...more });
}

function said(config: ResolvedConfig): string[] {
  return config.problems.map(({ key, found }) => `${key}: ${found}`);
}

describe('detectors', () => {
  it.each<[where: string, options: PagerConfig, env: Record<string, string>]>([
    ['in code', { redactDetectors: [ACME, { name: 'customer', pattern: /C-\d{8}/y }] }, {}],
    ['in code, as text', { redactDetectors: JSON.stringify([ACME, { name: 'customer', pattern: 'C-\\d{8}' }]) }, {}],
    [
      'in the environment',
      {},
      { DISCORD_PAGER_REDACT_DETECTORS: JSON.stringify([ACME, { name: 'customer', pattern: 'C-\\d{8}' }]) },
    ],
  ])('can stand %s', async (_, options, env) => {
    const config = await load(options, env);
    expect(config.problems).toEqual([]);
    expect(config.redact).toMatchObject({
      pii: false,
      detectors: [
        { kind: 'prefix', name: 'acme-key', prefix: 'acme_', minLength: 12 },
        { kind: 'pattern', name: 'customer', pattern: /C-\d{8}/g },
      ],
    });
  });

  it.each(['YAML', 'JSON'])('can stand in a file in %s', async (form) => {
    const yaml =
      'redactDetectors:\n  - { name: acme-key, prefix: acme_ }\n  - { name: customer, pattern: "C-\\\\d{8}", flags: i }\n';
    const json = JSON.stringify({ redactDetectors: [ACME, { name: 'customer', pattern: 'C-\\d{8}', flags: 'i' }] });
    const files = { '/etc/pager': form === 'YAML' ? yaml : json };
    const config = await loadConfig(input({ ...ON, DISCORD_PAGER_CONFIG: '/etc/pager' }, {}, files));
    expect(config.problems).toEqual([]);
    expect(config.redact.detectors).toMatchObject([{ prefix: 'acme_' }, { pattern: /C-\d{8}/gi }]);
  });

  it.each<[what: string, detectors: unknown, problems: string[], left: number]>([
    ['no list', { name: 'x' }, ['redactDetectors: an object'], 0],
    ['no JSON', '[{', ['redactDetectors: a text that is no JSON list'], 0],
    ['JSON that is no list', '{"name":"x"}', ['redactDetectors: a text that is no JSON list'], 0],
    ['an entry without a name', [ACME, { prefix: 'x_' }], ['redactDetectors[1].name: nothing'], 1],
    ['an unknown key', [{ ...ACME, minlength: 40 }], ['redactDetectors[0].minlength: an unknown key'], 1],
    [
      'a match of nothing',
      [ACME, { name: 'a', pattern: 'a*' }],
      ['redactDetectors[1].pattern: a pattern that matches the empty text'],
      1,
    ],
    ['a function as pattern', [ACME, { name: 'a', pattern: () => 1 }], ['redactDetectors[1].pattern: a function'], 1],
    [
      'a pattern that takes too long',
      [ACME, { name: 'a', pattern: '(a+)+$' }],
      ['redactDetectors[1].pattern: a pattern that takes too long'],
      1,
    ],
    ['too many', Array.from({ length: 65 }, () => ACME), ['redactDetectors: 65 detectors'], 64],
    ['a webhook', [{ name: 'a', prefix: webhook() }], ['redactDetectors: a text that holds a webhook or a token'], 0],
    [
      'a token in a RegExp',
      [{ name: 'a', pattern: new RegExp(TOKEN) }],
      ['redactDetectors: a text that holds a webhook or a token'],
      0,
    ],
  ])(
    '%s: that is left out, the rest counts, and personal data is masked until then',
    async (_, detectors, problems, left) => {
      const config = await load({ redactDetectors: detectors });
      expect(said(config)).toEqual(problems);
      expect(config.redact.detectors).toHaveLength(left);
      expect(config).toMatchObject({ enabled: true, redact: { pii: true } });
    },
  );

  it('says what to do about a slow pattern', async () => {
    const { problems } = await load({ redactDetectors: [{ name: 'a', pattern: '(a+)+$' }] });
    expect(problems[0]?.remedy).toMatch(/^Write \{ name, prefix, alphabet, minLength \}, which is never slow; or /);
  });

  it('does not try patterns without end: the time for all of them is limited', async () => {
    const clock = new ManualClock();
    // By this clock everything takes a second, and the first pattern three.
    let nowMs = 0;
    clock.steadyMs = () => (nowMs += 1_000);
    const detectors = ['a', 'b', 'c'].map((name) => ({ name, pattern: `${name}{3}` }));
    const config = await load({ redactDetectors: detectors }, {}, { clock });
    expect(said(config)).toEqual([
      'redactDetectors[0].pattern: a pattern that takes too long',
      'redactDetectors[1].pattern: a pattern that was not tried: those before it took too long',
      'redactDetectors[2].pattern: a pattern that was not tried: those before it took too long',
    ]);
  });
});

describe('processors', () => {
  /** What the loaded processors make of an empty message, in their order. */
  async function madeBy(config: ResolvedConfig): Promise<unknown> {
    const stage = createProcessorStage(config.redact.processors, { steadyMs: () => 0, warn: () => undefined });
    const outcome = stage.process(makeAlert({ message: '' }));
    return outcome === 'dropped' ? outcome : outcome.message;
  }
  const x = <A extends { message: string }>(alert: A): A => ({ ...alert, message: `${alert.message}x` });
  const inModules = { host: { ...HOST, cwd: MODULES } };

  it.each<[what: string, options: PagerConfig, env: Record<string, string>, made: string]>([
    ['a module with a list', { redactProcessors: ['list.mjs'] }, {}, 'ab'],
    ['CommonJS', { redactProcessors: ['./common.cjs'] }, {}, 'c'],
    ['CommonJS made of an ES module', { redactProcessors: './compiled.cjs' }, {}, 'd'],
    ['an absolute path', { redactProcessors: [`${MODULES}common.cjs`] }, {}, 'c'],
    ['a file address', { redactProcessors: [pathToFileURL(`${MODULES}common.cjs`).href] }, {}, 'c'],
    ['the environment', {}, { DISCORD_PAGER_REDACT_PROCESSORS: 'common.cjs, list.mjs,' }, 'cab'],
    ['a function', { redactProcessors: x }, {}, 'x'],
    ['functions and modules', { redactProcessors: [x, 'common.cjs', x, 'list.mjs'] }, {}, 'xcxab'],
    ['code before environment', { redactProcessors: [x] }, { DISCORD_PAGER_REDACT_PROCESSORS: 'common.cjs' }, 'x'],
  ])('can be %s, in the order given', async (_, options, env, made) => {
    const config = await load(options, env, inModules);
    expect(config.problems).toEqual([]);
    expect(config.redact.processors.isBroken).toBe(false);
    expect(await madeBy(config)).toBe(made);
  });

  it('of a file are found from its directory', async () => {
    const files = { [`${MODULES}pager.yml`]: 'redactProcessors: [./list.mjs, ../processors/common.cjs]\n' };
    const config = await loadConfig(input({ ...ON, DISCORD_PAGER_CONFIG: `${MODULES}pager.yml` }, {}, files));
    expect(config.problems).toEqual([]);
    expect(await madeBy(config)).toBe('abc');
  });

  const REMEDY = 'Correct it; until then every alert goes out without its texts.';
  it.each<[what: string, processors: unknown, found: string]>([
    [
      'a module that is not there',
      ['list.mjs', 'gone.mjs'],
      `redactProcessors[1]: the module "${MODULES}gone.mjs", which does not exist, or imports something that does not`,
    ],
    [
      'one that imports what is not there',
      ['imports-gone.mjs'],
      `redactProcessors[0]: the module "${MODULES}imports-gone.mjs", which does not exist, or imports something that does not`,
    ],
    [
      'one that throws',
      ['throws.mjs'],
      `redactProcessors[0]: the module "${MODULES}throws.mjs", which could not be loaded`,
    ],
    [
      'one without a default export',
      ['no-default.mjs'],
      `redactProcessors[0]: the module "${MODULES}no-default.mjs", which has no function as its default export`,
    ],
    [
      'one with an empty list',
      ['empty-list.mjs'],
      `redactProcessors[0]: the module "${MODULES}empty-list.mjs", which exports an empty list`,
    ],
    [
      'one with something else in its list',
      ['mixed-list.mjs'],
      `redactProcessors[0]: the module "${MODULES}mixed-list.mjs", which has no function as its default export`,
    ],
    [
      'one that answers with a Promise',
      ['async.mjs'],
      `redactProcessors[0]: the module "${MODULES}async.mjs", which exports a function that answers with a Promise`,
    ],
    ['a function that does', [x, async () => null], 'redactProcessors[1]: a function that answers with a Promise'],
    ['a number', [x, 5], 'redactProcessors[1]: 5'],
    ['an empty text', [x, ' '], 'redactProcessors[1]: an empty text'],
    ['an object', { x }, 'redactProcessors: an object'],
    ['too many', Array.from({ length: 33 }, () => x), 'redactProcessors: 33 processors'],
    ['a webhook', [x, webhook()], 'redactProcessors: a text that holds a webhook or a token'],
  ])('%s: every alert is withheld until that is corrected', async (_, processors, found) => {
    const config = await load({ redactProcessors: processors }, {}, inModules);
    expect(said(config)).toEqual([found]);
    expect(config.problems[0]?.remedy).toMatch(/every alert goes out without its texts|made for them/);
    expect(config).toMatchObject({ enabled: true, redact: { processors: { isBroken: true } } });
    expect(await madeBy(config)).toBe('[withheld: redaction failed]');
    expect(JSON.stringify(config.problems)).not.toContain('plantedSecret1');
  });

  const coded = (code: string): Error => Object.assign(new Error('planted' + 'Secret1'), { code });
  it.each<[error: unknown, words: string]>([
    [new SyntaxError('planted' + 'Secret1'), 'has a syntax error'],
    [coded('ERR_UNSUPPORTED_DIR_IMPORT'), 'is a directory'],
    [coded('ERR_UNKNOWN_FILE_EXTENSION'), 'is no JavaScript that this Node loads'],
    [coded('ERR_ACCESS_DENIED'), 'must not be read'],
    [coded('EMFILE'), 'could not be loaded (EMFILE)'],
    [coded('not a code'), 'could not be loaded'],
    ['planted' + 'Secret1', 'could not be loaded'],
    [undefined, 'could not be loaded'],
  ])('that fail to load with %s: it is told by its code alone', async (error, words) => {
    const config = await load({ redactProcessors: ['a.mjs'] }, {}, { importModule: () => Promise.reject(error) });
    expect(said(config)).toEqual([`redactProcessors[0]: the module "/srv/app/a.mjs", which ${words}`]);
    expect(config.redact.processors.isBroken).toBe(true);
  });

  it('of code that is wrong withhold, though those of the environment are right', async () => {
    const config = await load({ redactProcessors: 5 }, { DISCORD_PAGER_REDACT_PROCESSORS: 'list.mjs' }, inModules);
    expect(config.problems).toMatchObject([{ key: 'redactProcessors', found: '5', remedy: REMEDY }]);
    expect(await madeBy(config)).toBe('[withheld: redaction failed]');
  });

  it('that do not load in time are missing', async () => {
    const clock = new ManualClock();
    const loading = load(
      { redactProcessors: ['slow.mjs'] },
      {},
      { clock, importModule: () => new Promise(() => undefined) },
    );
    await clock.advance(5_000);
    const config = await loading;
    expect(said(config)).toEqual([
      'redactProcessors[0]: the module "/srv/app/slow.mjs", which did not load within 5 s',
    ]);
    expect(config.redact.processors.isBroken).toBe(true);
  });
});
