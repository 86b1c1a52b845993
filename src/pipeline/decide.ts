import type { Alert, RedactedAlert } from '../alert.ts';
import type { ResolvedConfig } from '../config/resolved-config.ts';
import type { ProcessorStage } from '../redact-processors.ts';
import type { NotifyDecision } from './incident.ts';
import type { Incidents, IncidentsOptions } from './incident-stage.ts';
import type { IncidentTable } from './incident-table.ts';
import { createIncidents } from './incidents.ts';
import { createRedactor, type Redactor } from './redact.ts';
import { createRouter } from './route.ts';

/** What the deciding half needs besides the configuration. */
export interface DeciderDeps {
  readonly table: IncidentTable;
  readonly newId: () => string;
  /** What the operator's own functions make of an alert before it is redacted. */
  readonly processors: ProcessorStage;
  /** Milliseconds since some instant: patterns of the operator are timed by it. @default the machine's */
  readonly steadyMs?: () => number;
  readonly warn: (code: string, text: string) => void;
  /** @default that of the incident stage */
  readonly maxIncidents?: number;
  /** See the incident stage. @default never */
  readonly hasRestarted?: IncidentsOptions['hasRestarted'];
}

/** The deciding half of the pager: everything up to the question whether an alert is news. Synchronous, no I/O. */
export interface Decider {
  readonly redactor: Redactor;
  readonly incidents: Incidents;
  /**
   * `not_shown`: below the threshold, or no channel takes it. `dropped`: a redaction processor wants it so. `retain` gives what an incident keeps of the redacted alert, where
   * that is to be less than all of it.
   */
  decide(
    alert: Alert,
    nowMs: number,
    retain?: (alert: RedactedAlert) => RedactedAlert,
  ): NotifyDecision | 'not_shown' | 'dropped';
  /** A dedup key as the incidents under it have it: changed and redacted as theirs was. */
  keyOf(dedupKey: string): string;
}

/** An alert that says nothing. */
const NOTHING: Alert = {
  id: '',
  timestampMs: 0,
  source: 'api',
  priority: 'DEV',
  explicit: false,
  action: 'resolve',
  message: '',
  origin: {},
  attributes: {},
  repeatKey: 0,
  count: 0,
};

/**
 * Process and redact, then route, then incidents: redaction first, so that nothing behind it ever holds a raw value; routing before incidents,
 * because what is not shown must not become one.
 */
export function createDecider(
  config: Pick<
    ResolvedConfig,
    'channels' | 'routes' | 'minPriority' | 'redact' | 'repeatIntervalMs' | 'resolveAfterMs' | 'escalation' | 'service'
  >,
  deps: DeciderDeps,
): Decider {
  const { processors, steadyMs, warn } = deps;
  const redactor = createRedactor(config.redact, { ...(steadyMs === undefined ? {} : { steadyMs }), warn });
  const route = createRouter({
    channels: new Set(config.channels.keys()),
    routes: config.routes,
    minPriority: config.minPriority,
    warn,
  });
  const incidents = createIncidents({
    table: deps.table,
    repeatIntervalMs: config.repeatIntervalMs,
    resolveAfterMs: config.resolveAfterMs,
    escalation: config.escalation,
    channelOf: (alert, priority) => route({ ...alert, priority }).channel,
    ...(deps.hasRestarted === undefined ? {} : { hasRestarted: deps.hasRestarted }),
    newId: deps.newId,
    ...(deps.maxIncidents === undefined ? {} : { maxIncidents: deps.maxIncidents }),
  });
  return {
    redactor,
    incidents,
    decide(alert, nowMs, retain = (all) => all) {
      const processed = processors.process(withOwnOrigin(alert, config.service));
      if (processed === 'dropped') return processed;
      const redacted = redactor.redactAlert(processed);
      const routed = route(redacted);
      return routed.shown ? incidents.decide(retain(redacted), routed, nowMs) : 'not_shown';
    },
    keyOf(dedupKey) {
      const alert = withOwnOrigin({ ...NOTHING, dedupKey }, config.service);
      const processed = processors.process(alert);
      return redactor.redactAlert(processed === 'dropped' ? alert : processed).dedupKey ?? dedupKey;
    },
  };
}

/** Where a capture does not know who speaks, it is the service that this pager is configured for. */
function withOwnOrigin(alert: Alert, service: ResolvedConfig['service']): Alert {
  const { name, environment, version, instance } = service;
  return {
    ...alert,
    origin: {
      ...(name === undefined ? {} : { service: name }),
      ...(environment === undefined ? {} : { environment }),
      ...(version === undefined ? {} : { version }),
      ...(instance === undefined ? {} : { instance }),
      ...alert.origin,
    },
  };
}
