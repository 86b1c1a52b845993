import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Span } from '../../src/pipeline/redact-span.ts';
import { TEXT_RULE_IDS } from '../../src/pipeline/redact-text.ts';
import { redact } from '../../src/redact.ts';
import { made, madePem, madeUuid, PASSWORD, SAMPLES } from './redact-secrets.ts';

const without = vi.hoisted(() => ({ ruleId: '' }));

// Everything that is masked in a text passes here: without a rule, nothing is masked under its id.
vi.mock('../../src/pipeline/redact-span.ts', async (importOriginal) => {
  const whole = await importOriginal<typeof import('../../src/pipeline/redact-span.ts')>();
  const mergeSpans = (spans: Span[]): Span[] =>
    whole.mergeSpans(spans.filter(({ rule }) => rule.id !== without.ruleId));
  return { ...whole, mergeSpans };
});

afterEach(() => {
  without.ruleId = '';
});

const KNOWN = ['shared', 'since', made('lower', 9)].join('/');
const IN_PEM = made('base64', 64);

/** Rules whose secrets are known by what is around them: id, text, and what is secret in it. */
const AROUND: readonly (readonly [ruleId: string, text: string, secret: string])[] = [
  ...((token) =>
    [
      ['discord-webhook', `https://discord.com/api/webhooks/123456789012345678/${token}`, token],
      ['teams-webhook', `https://x.webhook.office.com/webhookb2/${token}/IncomingWebhook/1`, token],
    ] as const)(made('dash', 68)),
  ['slack-webhook', `https://hooks.slack.com/services/T1/B2/${made('alnum', 24)}`, made('alnum', 24)],
  ['one-time-link', `https://shop.example/reset-password/${made('dash', 32)}`, made('dash', 32)],
  ['webhook-address', `https://hooks.zapier.com/hooks/catch/123456/${made('lower', 8)}`, made('lower', 8)],
  ['aws-secret-access-key', `AK${'IA'}${made('base32', 16)},${made('alnum', 40)}`, made('alnum', 40)],
  ['blockchain-endpoint', `https://mainnet.infura.io/v3/${made('hex', 32)}`, made('hex', 32)],
  ['newrelic-license-key', `licensed as ${made('hex', 36)}${'NR'}AL today`, made('hex', 36)],
  ['oracle-thin-password', `jdbc:oracle:thin:scott/${PASSWORD}@//db:1521/x`, PASSWORD],
  ['known-value', `it was ${KNOWN}`, KNOWN],
  ['private-key', madePem('RSA PRIVATE KEY'), IN_PEM.slice(0, 24)],
  ['url-userinfo', `redis://:${PASSWORD}@cache:6379/0`, PASSWORD],
  ['url-parameter', `https://cdn.example/a?sig=${made('alnum', 24)}&x=1`, made('alnum', 24)],
  ['key-name', `password=${PASSWORD}`, PASSWORD],
  ['authentication-scheme', `answered to Bearer ${made('alnum', 30)} with 500`, made('alnum', 30)],
  ['command-line', `mysql -u root -p${PASSWORD} shop`, PASSWORD],
  ['column', `INSERT INTO users (name, password) VALUES ('bob', '${PASSWORD}')`, PASSWORD],
  ['document', `kind: Secret\ndata:\n  user: ${made('lower', 12)}\n`, made('lower', 12)],
  ['phrase', `the password is ${PASSWORD}`, PASSWORD],
  ['pii-email', 'from bob@example.com today', 'bob@example.com'],
  ['pii-card', 'paid with 4111 1111 1111 1111 today', '4111 1111 1111 1111'],
  ['pii-ip', 'from 203.0.113.7 today', '203.0.113.7'],
];

const examples: readonly (readonly [string, string, string])[] = [
  ...SAMPLES.map(([id, secret]) => [id, `with ${secret}, which failed`, secret] as const),
  ...AROUND,
];
const redacted = (text: string, ruleId = ''): string => {
  without.ruleId = ruleId;
  return redact(text, { pii: true, known: [KNOWN] });
};

describe('every rule is needed', () => {
  it.each(TEXT_RULE_IDS)('%s: without it a secret is shown', (ruleId) => {
    const own = examples.filter(([id]) => id === ruleId);
    expect(own, 'an example in SAMPLES or AROUND').not.toEqual([]);
    expect(own.filter(([, text, secret]) => redacted(text).includes(secret))).toEqual([]);
    expect(own.some(([, text, secret]) => redacted(text, ruleId).includes(secret))).toBe(true);
  });

  it('and only its own: the others still mask', () => {
    expect(redacted(`password=${PASSWORD}`, 'github-token')).toBe('password=[REDACTED]');
    expect(redacted(`gh${'p_'}${made('alnum', 36)} ${madeUuid()}`, 'key-name')).toBe(
      `[REDACTED:github-token] ${madeUuid()}`,
    );
  });
});
