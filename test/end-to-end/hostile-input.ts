import fc from 'fast-check';
import { expect } from 'vitest';
import type { Alert } from '../../src/alert.ts';
import { readLogRecord } from '../../src/capture/map-log-record.ts';
import { type PageInput, readPage } from '../../src/capture/map-page.ts';
import { readPinoLine } from '../../src/capture/map-pino-line.ts';
import type { ReadableLogRecord } from '../../src/capture/otel-types.ts';
import type { MentionPolicy } from '../../src/config/resolved-config.ts';
import { validateEdit, validateExecute } from '../../src/discord-emulator/validation.ts';
import type { Incident } from '../../src/pipeline/incident.ts';
import { createRedactor } from '../../src/pipeline/redact.ts';
import { PRIORITIES, PRIORITY_RANK } from '../../src/priority.ts';
import type { MessageEntry } from '../../src/render/render.ts';
import { createRenderer } from '../../src/render/renderer.ts';
import type { WebhookMessage } from '../../src/render/webhook-message.ts';

const NOW_MS = 1_790_000_000_000;
const PER_MESSAGE = 10;

const nobody: MentionPolicy = { everyone: false, here: false, roles: [], users: [] };
const renderer = createRenderer({
  mentions: {
    P0: { everyone: true, here: false, roles: ['123456789012345678'], users: [] },
    P1: { everyone: false, here: true, roles: [], users: ['223456789012345678'] },
    P2: nobody,
    P3: nobody,
    DEV: nobody,
  },
  links: {
    traceUrl: 'https://trace.example.com/{trace_id}?service={service}',
    logsUrl: 'https://logs.example.com/{service}/{environment}?q={incident}',
    runbookUrl: 'https://runbooks.example.com/{service}',
  },
});
const redactor = createRedactor({ paths: ['*.iban'], knownValues: ['planted-known-value'], pii: true });
const rules = {
  timestampCode: 'DATE_TIME_TYPE_PARSE',
  components: 'non_interactive' as const,
  interactiveCode: 'INTERACTIVE',
};

const ODD = [
  '\u0000',
  '\ud800',
  '\udc00x',
  '\u202e',
  '\u200b',
  '👩‍👩‍👧‍👦',
  '```',
  '`',
  '@everyone',
  '<@&1>',
  '<t:1:R>',
  '[a](https://x.example)',
  'https://user:pw@db.example:5432/x?sig=abc',
  'Authorization: Bearer abcdefghijklmnop',
  '\u001b[31m',
  '~~',
  '**',
  '||',
  '\r\n',
  ' ',
  'مرحبا',
  '日本語',
  '  at f (/app/a.js:1:2)\n',
  'Error: x\n    at g (node:internal/x:1:1)\n  [cause]: Error: y',
  '{"password":"hunter2hunter2"}',
];
const text = fc.oneof(
  {
    weight: 24,
    arbitrary: fc.array(fc.constantFrom(...ODD, 'a', 'Zz', '0', ' '), { maxLength: 12 }).map((parts) => parts.join('')),
  },
  { weight: 12, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  // Tens of kilobytes, which take most of the time: with a dozen texts in an input, every third input still has one.
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...ODD, 'word ', 'x'), fc.integer({ min: 1, max: 1500 }))
      .map(([part, times]) => part.repeat(times)),
  },
);
const throwing = {
  get body(): never {
    throw new Error('from a getter');
  },
  toJSON(): never {
    throw new Error('from toJSON');
  },
};
const cyclic: Record<string, unknown> = { name: 'cycle' };
cyclic['self'] = cyclic;
const value: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: text },
  { weight: 1, arbitrary: fc.double() },
  { weight: 1, arbitrary: fc.bigInt() },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>(
      null,
      undefined,
      true,
      throwing,
      cyclic,
      Symbol('s'),
      () => 1,
      new Date(Number.NaN),
      new Map([[{}, 1]]),
      new Uint8Array([1, 255]),
      new Error('an error', { cause: throwing }),
      JSON.parse('{"__proto__":{"x":1},"constructor":2}'),
    ),
  },
  { weight: 1, arbitrary: fc.array(text, { maxLength: 4 }) },
  { weight: 1, arbitrary: fc.dictionary(text, text, { maxKeys: 4 }) },
);
const attributes = fc.dictionary(
  fc.oneof(
    text,
    fc.constantFrom(
      'exception.type',
      'exception.message',
      'exception.stacktrace',
      'err',
      'error',
      'pager.title',
      'pager.runbook_url',
      'pager.outcome',
      'http.request.header.authorization',
      '__proto__',
    ),
  ),
  value,
  { maxKeys: 4 },
);
const logRecord = fc.record({
  kind: fc.constant('log' as const),
  body: value,
  attributes,
  severityNumber: fc.integer({ min: 0, max: 26 }),
  severityText: fc.option(text, { nil: undefined }),
  eventName: fc.option(text, { nil: undefined }),
  scope: text,
  service: value,
});

const lineOrPage = fc.oneof(
  fc.record({ kind: fc.constant('pino' as const), line: attributes, level: value, msg: value, err: value }),
  fc.record({
    kind: fc.constant('page' as const),
    title: value,
    message: value,
    error: value,
    fields: attributes,
    url: value,
    channel: value,
    dedupKey: value,
  }),
);

type Drawn = typeof logRecord | typeof lineOrPage extends fc.Arbitrary<infer Input> ? Input : never;

function toAlert(drawn: Drawn): Alert {
  const verdict = { repeatKey: 1, count: 1 };
  if (drawn.kind === 'log') {
    const { body, attributes: given, severityNumber, severityText, eventName, scope, service } = drawn;
    const log: ReadableLogRecord = {
      hrTime: [1_790_000_000, 0],
      body,
      attributes: given,
      severityNumber,
      severityText,
      eventName,
      resource: { attributes: { 'service.name': service } },
      instrumentationScope: { name: scope },
    };
    return readLogRecord(log, NOW_MS).toAlert(verdict);
  }
  if (drawn.kind === 'pino') {
    return readPinoLine({ ...drawn.line, level: drawn.level, msg: drawn.msg, err: drawn.err }, {}, NOW_MS).toAlert(
      verdict,
    );
  }
  const { kind: _kind, ...input } = drawn;
  return readPage(input as PageInput, { nowMs: NOW_MS }).toAlert(verdict);
}

function refusals(message: WebhookMessage): string {
  const { files: _files, ...payload } = message;
  const parsed = JSON.parse(JSON.stringify(payload));
  return JSON.stringify(validateExecute(parsed, rules).tree);
}

const noErrors = '{}';

/** Draws so many of them, makes messages of them as the pager does, and lets the emulator's rules judge every one. */
export function expectNoRefusal(of: 'log records' | 'lines and pages', count: number): void {
  const input: fc.Arbitrary<Drawn> = of === 'log records' ? logRecord : lineOrPage;
  let seen = 0;
  fc.assert(
    fc.property(
      fc.array(input, { minLength: PER_MESSAGE, maxLength: PER_MESSAGE }),
      fc.nat(4),
      fc.boolean(),
      (drawn, reason, isBatch) => {
        const alerts = drawn.map((each) => redactor.redactAlert(toAlert(each)));
        seen += alerts.length;
        const entries = alerts.map((alert, index): MessageEntry => {
          const incident: Incident = {
            id: `ID${index}`,
            fingerprint: String(index),
            state: reason === 4 ? 'resolved' : 'firing',
            priority: alert.priority,
            channel: 'default',
            firstSeenMs: alert.timestampMs,
            lastSeenMs: NOW_MS,
            count: index * 997 + 1,
            reason: 'first',
            alert,
            ...(reason === 4 ? { closedAtMs: NOW_MS } : {}),
          };
          return {
            incident,
            reason: (['first', 'repeat_interval', 'escalated', 'regressed', 'resolved'] as const)[reason] ?? 'first',
          };
        });
        const sorted = entries.toSorted(
          (a, b) => PRIORITY_RANK[a.incident.priority] - PRIORITY_RANK[b.incident.priority],
        );
        const batches = isBatch
          ? PRIORITIES.map((priority) => sorted.filter(({ incident }) => incident.priority === priority))
          : sorted.map((entry) => [entry]);
        for (const batch of batches) {
          if (batch.length === 0) continue;
          const { message } = redactor.gate(renderer.post(batch, NOW_MS));
          expect(refusals(message)).toBe(noErrors);
          expect(message.embeds.length).toBe(batch.length);
          // The other forms are made of the same parts: a fifth of the messages is enough.
          if (reason !== 0) continue;
          const edit = redactor.gate(renderer.edit(batch, NOW_MS)).message;
          expect(
            JSON.stringify(
              validateEdit(
                JSON.parse(JSON.stringify(edit)),
                { content: 'x', embedCount: batch.length, v2: false },
                rules,
              ).tree,
            ),
          ).toBe(noErrors);
          expect(refusals(redactor.gate(renderer.plain(batch, NOW_MS)).message)).toBe(noErrors);
        }
      },
    ),
    { numRuns: count / PER_MESSAGE },
  );
  expect(seen).toBeGreaterThanOrEqual(count);
}
