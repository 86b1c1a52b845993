import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lightened } from '../../src/alert-size.ts';
import { createDecider } from '../../src/pipeline/decide.ts';
import type { Incident, NotifyReason } from '../../src/pipeline/incident.ts';
import { createIncidentTable } from '../../src/pipeline/incident-table.ts';
import { createProcessorStage } from '../../src/redact-processors.ts';
import type { MessageEntry } from '../../src/render/render.ts';
import { createRenderer } from '../../src/render/renderer.ts';
import type { WebhookMessage } from '../../src/render/webhook-message.ts';
import { fullRecord } from '../../src/state/stored-incident.ts';
import { titleOf } from '../../src/title.ts';
import { type PlantedPage, plantedPages, sightingOf } from '../support/planted-pages.ts';
import { KNOWN_VALUE, KNOWN_WORD, traceIn } from '../support/planted-secrets.ts';

const NOW_MS = 1_790_000_000_000;
const nobody = { everyone: false, here: false, roles: [], users: [] };
const renderer = createRenderer({
  mentions: { P0: nobody, P1: nobody, P2: nobody, P3: nobody, DEV: nobody },
  links: { logsUrl: 'https://logs.example.com/{service}/{environment}?q={incident}' },
});
const REASONS: readonly NotifyReason[] = ['first', 'repeat_interval', 'escalated', 'regressed', 'resolved'];

/** Everything that is made of pages, in every form in which it leaves. */
function everyFormOf(pages: readonly PlantedPage[], isLight: boolean): string {
  const warnings: string[] = [];
  const decider = createDecider(
    {
      channels: new Map([['default', undefined as never]]),
      routes: [],
      minPriority: 'P3',
      redact: {
        paths: [],
        knownValues: [KNOWN_VALUE, KNOWN_WORD],
        pii: false,
        detectors: [],
        processors: { run: [], isBroken: false },
      },
      repeatIntervalMs: { P0: 0, P1: 0, P2: 0, P3: 0, DEV: 0 },
      escalation: {},
      service: { name: 'shop' },
    },
    {
      table: createIncidentTable(),
      processors: createProcessorStage({ run: [], isBroken: false }, { steadyMs: () => 0, warn: () => {} }),
      newId: () => 'ID',
      warn: (_code, text) => warnings.push(text),
    },
  );
  const incidents: Incident[] = pages.flatMap((page, i) => {
    const alert = sightingOf(page, NOW_MS, i % 3 === 0 ? 'P0' : 'P2').toAlert({ repeatKey: 1, count: 1 });
    const decision = decider.decide(alert, NOW_MS, (redacted) => (isLight ? lightened(redacted) : redacted));
    return typeof decision === 'object' && decision.incident !== undefined ? [decision.incident] : [];
  });
  expect(incidents).toHaveLength(pages.length);
  let withheld = 0;
  const gated = (message: WebhookMessage): string => {
    const checked = decider.redactor.gate(message);
    withheld += checked.withheld;
    return JSON.stringify(checked.message);
  };
  const entries = incidents.map((incident, i): MessageEntry => ({ incident, reason: REASONS[i % 5] as NotifyReason }));
  const audit = entries.map(({ incident, reason }) => ({
    atMs: NOW_MS,
    priority: incident.priority,
    reason,
    channel: incident.channel,
    service: incident.alert.origin.service ?? '',
    title: titleOf(incident.alert),
    incidentId: incident.id,
  }));
  const texts = [
    ...entries.flatMap((entry) => [
      gated(renderer.post([entry], NOW_MS)),
      gated(renderer.edit([entry], NOW_MS)),
      gated(renderer.plain([entry], NOW_MS)),
      renderer.threadName([entry]),
      fullRecord(entry.incident, NOW_MS),
    ]),
    gated(renderer.post(entries.slice(0, 10), NOW_MS)),
    // More than ten are a digest.
    gated(renderer.post(entries, NOW_MS)),
    gated(renderer.plain(entries, NOW_MS)),
    gated(renderer.audit(audit, NOW_MS).message),
    ...warnings,
  ];
  // The last look finds nothing: nothing was left to it.
  expect(withheld).toBe(0);
  return texts.join('\n');
}

describe('a secret across any limit, in any place', () => {
  it.each([
    ['whole', false],
    ['without the middle of its texts', true],
  ])('shows in no message, digest, audit line, name or record of a page kept %s', (_how, isLight) => {
    fc.assert(
      fc.property(fc.array(plantedPages, { minLength: 12, maxLength: 12 }), (pages) => {
        const text = everyFormOf(pages, isLight);
        const found = pages.flatMap(({ hidden, what }) => {
          const run = traceIn(text, hidden);
          return run === undefined ? [] : [`${what}: ${run}`];
        });
        expect(found).toEqual([]);
      }),
      { numRuns: 25, endOnFailure: true },
    );
  });
});
