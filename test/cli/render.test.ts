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
