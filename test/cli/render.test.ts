import { spawn } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Circumstances, MAIN, runHere, WEBHOOK } from './run-command.ts';

interface Rendered {
  readonly channel: string;
  readonly reason: string;
  readonly payload: {
    readonly content?: string;
    readonly embeds: { readonly title: string }[];
    readonly flags?: number;
  };
  readonly files?: { readonly name: string; readonly text: string }[];
}

const T0 = 1_795_225_113_000;
const line = (fields: object): string => `${JSON.stringify({ level: 50, time: T0, msg: 'it broke', ...fields })}\n`;

async function render(
  log: string,
  more: Circumstances = {},
): Promise<{ messages: Rendered[]; summary: string; code: number | null }> {
  const { code, stdout, stderr } = await runHere(['render'], { ...more, stdin: log });
  const messages = stdout
    .split('\n')
    .filter(Boolean)
    .map((text) => JSON.parse(text) as Rendered);
  return { messages, summary: stderr, code };
}

describe('render', () => {
  it('shows what would be posted, one line per message', async () => {
    const log = line({ level: 60, msg: 'ledger off' }) + line({ msg: 'db down' }) + line({ level: 40, msg: 'slow' });
    const { messages, code, summary } = await render(log);
    expect(code).toBe(0);
    expect(
      messages.map(({ channel, reason, payload }) => [channel, reason, payload.content, payload.embeds[0]?.title]),
    ).toEqual([
      ['default', 'first', '🔴 P0 tests · ledger off @everyone', 'ledger off'],
      ['default', 'first', '🟠 P1 tests · db down', 'db down'],
      ['default', 'first', undefined, 'slow'],
    ]);
    expect(summary).toBe('3 lines · 3 messages · 0 repeats counted into them · 0 not shown\n');
  });

  it('reads bunyan and any other JSON log', async () => {
    const log =
      `${JSON.stringify({ v: 0, name: 'app', level: 50, time: '2026-11-21T01:38:34.511Z', hostname: 'h', pid: 1, msg: 'bunyan' })}\n` +
      `${JSON.stringify({ '@timestamp': '2026-11-21T01:38:35.000Z', 'log.level': 'error', message: 'ecs' })}\n` +
      `${JSON.stringify({ severity: 'CRITICAL', message: 'google', timestamp: '2026-11-21T01:38:36Z' })}\n`;
    const { messages } = await render(log);
    expect(messages.map(({ payload }) => payload.embeds[0]?.title)).toEqual(['bunyan', 'ecs', 'google']);
    expect(messages[2]?.payload.content).toContain('P0');
  });

  it('counts repeats, and shows the repeat interval by the times of the lines', async () => {
    const minutes = (n: number): number => T0 + n * 60_000;
    const log = [0, 1, 2, 30, 59, 61].map((n) => line({ time: minutes(n), msg: 'db down' })).join('');
    const { messages, summary } = await render(log, { env: { DISCORD_PAGER_RESOLVE_AFTER: 'off' } });
    expect(messages.map(({ reason, payload }) => [reason, payload.embeds[0]?.title])).toEqual([
      ['first', 'db down'],
      ['repeat_interval', 'db down ×6'],
    ]);
    expect(summary).toContain('4 repeats counted into them');
  });

  it('uses channels, routes and threshold of the configuration, and posts nothing', async () => {
    const env = {
      DISCORD_PAGER_WEBHOOK_URL: WEBHOOK,
      DISCORD_PAGER_WEBHOOK_P0: WEBHOOK.replace('1234', '2234'),
      DISCORD_PAGER_WEBHOOK_DEPLOYS: WEBHOOK.replace('1234', '3234'),
      DISCORD_PAGER_MIN_PRIORITY: 'P1',
    };
    const log =
      line({ level: 60, msg: 'fatal' }) +
      line({ level: 40, msg: 'only a warning' }) +
      line({ level: 30, msg: 'live', 'event.name': 'deploy.finished' }) +
      line({ msg: 'mine', pager: { channel: 'p0', priority: 'P2' } });
    const { messages, summary } = await render(log, { env });
    expect(messages.map(({ channel, payload }) => [channel, payload.embeds[0]?.title])).toEqual([
      ['p0', 'fatal'],
      ['deploys', 'live'],
      ['p0', 'mine'],
    ]);
    expect(summary).toContain('1 not shown');
  });

  it('redacts', async () => {
    const { messages } = await render(
      line({ msg: 'connect postgres://app:geheimes-wort-77@db/x', password: 'geheimes-wort-78' }),
    );
    expect(JSON.stringify(messages)).toContain('REDACTED');
    expect(JSON.stringify(messages)).not.toMatch(/geheimes-wort/);
  });

  it('counts lines that are no JSON object, and goes on', async () => {
    const log = `plain text\n[1]\n"x"\n\n{"level":50,"msg":\n${line({ msg: 'after' })}`;
    const { messages, summary, code } = await render(log);
    expect(messages).toHaveLength(1);
    expect(summary).toBe('5 lines · 4 unparseable · 1 message · 0 repeats counted into them · 0 not shown\n');
    expect(code).toBe(0);
  });

  it('passes over a line without end', async () => {
    const log = `${'x'.repeat(5_000_000)}\n${line({ msg: 'after' })}`;
    const { messages, summary } = await render(log);
    expect(messages.map(({ payload }) => payload.embeds[0]?.title)).toEqual(['after']);
    expect(summary).toContain('1 unparseable');
  });

  it('reads a file, also one without a last line break, and the same log always gives the same output', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'render-')), 'app.log');
    await writeFile(file, line({ msg: 'one' }) + line({ msg: 'zwei – ✓' }).trimEnd());
    const first = await runHere(['render', file]);
    expect(first.stdout.split('\n')).toHaveLength(3);
    expect(first.stdout).toContain('zwei – ✓');
    expect((await runHere(['render', file])).stdout).toBe(first.stdout);
  });

  it('attaches the full text where something was cut', async () => {
    const { messages } = await render(line({ msg: `start ${'middle '.repeat(3_000)}end` }));
    expect(messages[0]?.files?.[0]?.text).toContain('end');
  });

  it('refuses to guess when the configuration cannot be read', async () => {
    const { code, stderr, stdout } = await runHere(['render'], {
      env: { DISCORD_PAGER_CONFIG: '/no/such.yml' },
      stdin: line({}),
    });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('DISCORD_PAGER_CONFIG');
  });

  const PROCESSOR = fileURLToPath(new URL('../fixtures/processors/mask-customers.mjs', import.meta.url));

  it('applies own detectors and processors, and says what was dropped', async () => {
    const env = {
      DISCORD_PAGER_REDACT_DETECTORS: '[{"name":"order","pattern":"order-[0-9]{6}"}]',
      DISCORD_PAGER_REDACT_PROCESSORS: PROCESSOR,
    };
    const log = line({ msg: 'customer 4711: order-123456' }) + line({ msg: 'x', 'pager.title': 'health check' });
    const { messages, summary, code } = await render(log, { env });
    expect(code).toBe(0);
    expect(JSON.stringify(messages)).toContain('customer N: [REDACTED:order] password=[REDACTED]');
    expect(summary).toBe(
      '2 lines · 1 message · 0 repeats counted into them · 0 not shown · 1 dropped by a redaction processor\n',
    );
  });

  it('shows what goes out where a processor fails or is missing', async () => {
    const log = line({ msg: 'customer 4711', 'pager.title': 'too hard' });
    const failing = await render(log, { env: { DISCORD_PAGER_REDACT_PROCESSORS: PROCESSOR } });
    const missing = await render(log, { env: { DISCORD_PAGER_REDACT_PROCESSORS: './gone.mjs' } });
    for (const { messages, summary } of [failing, missing]) {
      expect(messages[0]?.payload.content).toBe('🟠 P1 tests · [withheld: redaction failed]');
      expect(JSON.stringify(messages) + summary).not.toContain('4711');
    }
    expect(failing.summary).toMatch(/^warning: redaction processor 1 of 1 threw an error/);
    expect(missing.summary).toMatch(/^warning: a redaction processor is missing/);
  });

  it('takes whatever input', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(fc.string(), fc.json())), async (lines) => {
        const { code } = await render(lines.join('\n'));
        expect(code).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it('ends quietly when its reader has gone', async () => {
    const child = spawn(process.execPath, [MAIN, 'render'], { env: { DISCORD_PAGER_STATE_DIR: 'none' } });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.stdin.on('error', () => undefined);
    child.stdout.once('data', () => child.stdout.destroy());
    // Different words, so that every line is an incident of its own; far more than a pipe holds.
    const words = ['red', 'green', 'blue', 'black', 'white', 'brown', 'grey', 'pink', 'gold', 'teal'];
    for (const a of words)
      for (const b of words) for (const c of words) child.stdin.write(line({ msg: `${a} ${b} ${c}` }));
    child.stdin.end();
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect(code).toBe(0);
    expect(stderr).not.toMatch(/error|EPIPE/i);
  });
});

describe('render --explain', () => {
  interface Explained {
    readonly line: number;
    readonly priority: string;
    readonly outcome: string;
    readonly channel?: string;
    readonly title: string;
    readonly masked: readonly { readonly place: string; readonly rule: string; readonly times: number }[];
  }

  const SECRET = 'geheimes-wort-77';
  const LOG = [
    line({ msg: 'plain' }),
    '\n',
    line({
      msg: `connect postgres://app:${SECRET}@db/x failed, password=${SECRET} and api_key=${SECRET}`,
      err: { type: 'Error', message: `token=${SECRET}`, stack: `Error: token=${SECRET}\n    at f (/a.js:1:1)` },
      req: { headers: { authorization: `Bearer ${SECRET}`, host: 'x' }, url: `/a?access_token=${SECRET}` },
      pairs: [{ name: 'password', value: SECRET }],
      user: { iban: SECRET },
      pager: { dedup_key: 'one' },
    }),
    line({ level: 30, msg: `below, password=${SECRET}` }),
    line({ msg: `again, password=${SECRET}`, pager: { dedup_key: 'one' } }),
  ].join('');
  const env = { DISCORD_PAGER_REDACT_PATHS: 'user.iban' };

  it('tells of every record that is looked at which rule has masked what where, and never what', async () => {
    const { code, stdout, stderr } = await runHere(['render', '--explain'], { stdin: LOG, env });
    expect(code).toBe(0);
    expect(stdout + stderr).not.toContain('geheimes');
    const records = stdout
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text) as Explained);
    expect(records.map(({ line: at, outcome, channel, title }) => [at, outcome, channel, title])).toEqual([
      [1, 'message', 'default', 'plain'],
      [3, 'message', 'default', 'Error: token=[REDACTED]'],
      [5, 'repeat', 'default', 'again, password=[REDACTED]'],
    ]);
    expect(records[0]?.masked).toEqual([]);
    expect(records[1]?.masked).toEqual([
      { place: 'message', rule: 'url-userinfo', times: 1 },
      { place: 'message', rule: 'key-name', times: 2 },
      { place: 'error.message', rule: 'key-name', times: 1 },
      { place: 'error.stack', rule: 'key-name', times: 1 },
      { place: 'attributes.req.headers.authorization', rule: 'key-name', times: 1 },
      { place: 'attributes.req.url', rule: 'key-name', times: 1 },
      { place: 'attributes.pairs', rule: 'key-name', times: 1 },
      { place: 'attributes.user.iban', rule: 'user-path', times: 1 },
    ]);
    expect(stderr).toContain('4 lines · 2 messages · 1 repeat counted into them · 1 not shown\n');
    expect(stderr).toContain('masked 10: key-name 8, url-userinfo 1, user-path 1\n');
  });

  it('is a text to read on a terminal', async () => {
    const { stdout } = await runHere(['render', '--explain'], { stdin: LOG, env, isTerminal: true });
    expect(stdout).toBe(`line 1  P1  plain  → default, a new message
  nothing masked
line 3  P1  Error: token=[REDACTED]  → default, a new message
  message                               url-userinfo, key-name ×2
  error.message                         key-name
  error.stack                           key-name
  attributes.req.headers.authorization  key-name
  attributes.req.url                    key-name
  attributes.pairs                      key-name
  attributes.user.iban                  user-path
line 5  P1  again, password=[REDACTED]  → default, a repeat, counted into its message
  message  key-name
`);
  });

  it('shows no secret in the name of a place either', async () => {
    const token = `gh${'p_'}${'a1B2c3'.repeat(6)}`;
    const log = line({ [token]: 1, req: { [token]: { password: SECRET } } });
    const { stdout } = await runHere(['render', '--explain'], { stdin: log });
    expect(stdout).not.toContain('a1B2c3');
    expect(stdout).toContain('"place":"attributes.[REDACTED:github-token]","rule":"github-token"');
  });

  it('has the switch in its help', async () => {
    const { stdout } = await runHere(['render', '--help']);
    expect(stdout).toContain('--explain');
  });
});
