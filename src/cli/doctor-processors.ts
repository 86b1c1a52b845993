import type { Alert } from '../alert.ts';
import type { Clock } from '../clock.ts';
import type { ResolvedConfig } from '../config/resolved-config.ts';
import { createProcessorStage } from '../redact-processors.ts';
import type { Check } from './doctor-checks.ts';

/** Made up; nothing of it is anybody's. */
const MADE_UP: Alert = {
  id: 'doctor',
  timestampMs: 0,
  source: 'cli',
  priority: 'P1',
  explicit: true,
  action: 'trigger',
  title: 'discord-pager doctor looks whether this arrives',
  message: 'discord-pager doctor looks whether this arrives',
  error: { type: 'Error', message: 'made up', stack: 'Error: made up\n    at doctor (doctor.js:1:1)' },
  origin: {},
  attributes: { 'doctor.made_up': true },
  fields: { made: 'up' },
  repeatKey: 0,
  count: 1,
};

/** Runs the redaction processors on a made-up alert; nothing where there are none. */
export function checkProcessors({ redact, service }: ResolvedConfig, clock: Clock): Check[] {
  const { run, isBroken } = redact.processors;
  const name = 'processors';
  if (isBroken) {
    return [
      {
        name,
        status: 'failed',
        detail: 'a redaction processor is missing: every alert goes out without its texts',
        remedy: 'Correct what the lines on the configuration say.',
      },
    ];
  }
  if (run.length === 0) return [];
  const told: string[] = [];
  const stage = createProcessorStage(redact.processors, {
    steadyMs: () => clock.steadyMs(),
    warn: (_code, text) => told.push(text),
  });
  const { name: own, environment } = service;
  const origin = {
    ...(own === undefined ? {} : { service: own }),
    ...(environment === undefined ? {} : { environment }),
  };
  const outcome = stage.process({ ...MADE_UP, origin });
  if (stage.withheld > 0) {
    const detail = told[0] ?? 'a redaction processor failed';
    return [{ name, status: 'failed', detail, remedy: 'Correct it: a made-up alert was given to it.' }];
  }
  const count = `${run.length} redaction processor${run.length === 1 ? '' : 's'}`;
  if (outcome === 'dropped') {
    const remedy = 'Look whether that is meant: what is dropped is only counted.';
    return [{ name, status: 'warning', detail: `${count}, which dropped a made-up alert`, remedy }];
  }
  const slow = told[0];
  return slow === undefined
    ? [{ name, status: 'ok', detail: `${count}, tried on a made-up alert` }]
    : [{ name, status: 'warning', detail: slow, remedy: 'Make it faster.' }];
}
