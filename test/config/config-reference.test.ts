import { describe, expect, it } from 'vitest';
import { CONFIG_KEYS, SETTING_PATHS } from '../../src/config/config-keys.ts';
import { renderConfigReference } from '../../src/config/config-reference.ts';
import { keyOf } from '../../src/config/setting-sources.ts';

const DOCUMENTED_VARIABLES = [
  'WEBHOOK_URL',
  'WEBHOOK_<CHANNEL>',
  'CONFIG',
  'MIN_PRIORITY',
  ...['P0', 'P1', 'P2', 'P3'].map((priority) => `MENTION_${priority}`),
  'ENABLED',
  'BOOT_CHECK',
  'STATE_DIR',
  'WORKER',
  'EXIT_TIMEOUT_MS',
  'ESCALATE_AFTER',
  'ESCALATE_COUNT',
  'ESCALATE_RATE',
  'REPEAT_INTERVAL',
  ...['P0', 'P1', 'P2', 'P3'].map((priority) => `REPEAT_INTERVAL_${priority}`),
  'RESOLVE_AFTER',
  'EDIT_INTERVAL',
  'BLOCKED_AFTER',
  'TRACE_URL',
  'LOGS_URL',
  'RUNBOOK_URL',
  'REDACT_PATHS',
  'REDACT_VALUES_OF',
  'REDACT_PII',
  'REDACT_DETECTORS',
  'REDACT_PROCESSORS',
  'API_BASE_URL',
  'BOT_TOKEN',
].map((name) => `DISCORD_PAGER_${name}`);

describe('the configuration reference', () => {
  const lines = renderConfigReference().trimEnd().split('\n');

  it('has a row for every key, and every row has five cells', () => {
    expect(lines).toHaveLength(SETTING_PATHS.length + 3);
    for (const line of lines) expect(line.split(/(?<!\\)\|/)).toHaveLength(7);
    for (const path of SETTING_PATHS) expect(lines.filter((line) => line.includes(`| \`${path}\``))).toHaveLength(1);
  });

  it.each([...DOCUMENTED_VARIABLES, 'OTEL_SERVICE_NAME'])('names %s', (variable) => {
    expect(lines.filter((line) => line.startsWith(`| \`${variable}\``))).toHaveLength(1);
  });

  it('knows no variable beyond the documented ones', () => {
    const variables = SETTING_PATHS.flatMap((path) => keyOf(path).variable ?? []);
    expect(variables.filter((name) => name.startsWith('DISCORD_PAGER_')).sort()).toEqual(
      [...DOCUMENTED_VARIABLES].sort(),
    );
  });
});

describe('the table of keys', () => {
  it.each(SETTING_PATHS.filter((path) => CONFIG_KEYS[path].default !== undefined))(
    '%s has a default that is right',
    (path) => {
      const reading = keyOf(path).type.read(keyOf(path).default);
      expect(reading.findings).toEqual([]);
      expect(reading.value).toBeDefined();
    },
  );

  it.each(SETTING_PATHS)('%s says what it means in whole sentences', (path) => {
    expect(keyOf(path).doc).toMatch(/\.$/);
  });
});
