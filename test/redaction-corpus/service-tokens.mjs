// Chat, payment, mail, AI vendors, observability and what developers use besides.
import { SETS } from './random.mjs';
import { base64url, prefixed, snowflake, token } from './token-table.mjs';

const WEAK = { cut: false };
const BEYOND = { cut: false, beyond: true };

const slack = ['slack token', 'slack bot token'];
const stripe = ['stripe secret key', 'stripe api key'];

const slackIds = (r) => `${snowflake(r)}-${snowflake(r, r.int(10, 13))}`;

export const SERVICE_TOKENS = [
  token('slack/xoxb', slack, (r) => ['xoxb-', `${slackIds(r)}-${r.from(SETS.alnum, 24)}`]),
  token('slack/xoxp', slack, (r) => ['xoxp-', `${slackIds(r)}-${snowflake(r, 13)}-${r.from(SETS.hex, 32)}`]),
  token('slack/xoxa', slack, (r) => ['xoxa-', `2-${slackIds(r)}-${r.from(SETS.hex, 32)}`]),
  token('slack/xoxr', slack, (r) => ['xoxr-', `${slackIds(r)}-${r.from(SETS.hex, 32)}`]),
  token('slack/xoxs', slack, (r) => ['xoxs-', `${slackIds(r)}-${snowflake(r, 10)}-${r.from(SETS.hex, 10)}`]),
  token('slack/xoxo', slack, (r) => ['xoxo-', `${slackIds(r)}-${r.from(SETS.hex, 32)}`]),
  token('slack/xapp', slack, (r) => [
    'xapp-1-',
    `A${r.from(SETS.upperAlnum, 10)}-${snowflake(r, 13)}-${r.from(SETS.hex, 64)}`,
  ]),
  prefixed('slack/rotating-access', slack, 'xoxe.xoxp-1-', 'alnum', 160, 180),
  prefixed('slack/rotating-refresh', ['refresh token'], 'xoxe-1-', 'alnum', 140, 150),
  token(
    'discord/bot-token',
    ['discord token', 'bot token'],
    (r) => [
      '',
      `${r.pick(['M', 'N', 'O'])}${r.from(SETS.alnum, r.int(23, 27))}.${r.from(SETS.dash, 6)}.${r.from(SETS.dash, r.int(27, 38))}`,
    ],
    WEAK,
  ),
  token(
    'telegram/bot-token',
    ['telegram bot token', 'bot token'],
    (r) => ['', `${snowflake(r, r.int(8, 10))}:AA${r.from(SETS.dash, 33)}`],
    WEAK,
  ),

  ...['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_'].map((prefix) =>
    prefixed(`stripe/${prefix.slice(0, 7)}`, stripe, prefix, 'alnum', 16, 120),
  ),
  prefixed('stripe/webhook-secret', ['stripe webhook secret', 'signing secret'], 'whsec_', 'alnum', 32, 40),

  prefixed('ai/openai-project', ['openai api key'], 'sk-proj-', 'dash', 48, 156),
  prefixed('ai/openai-service-account', ['openai api key'], 'sk-svcacct-', 'dash', 48, 120),
  prefixed('ai/openai-admin', ['openai admin key'], 'sk-admin-', 'dash', 48, 120),
  prefixed('ai/openai-legacy', ['openai api key', 'api key'], 'sk-', 'alnum', 48, 48, WEAK),
  token('ai/anthropic', ['anthropic api key'], (r) => ['sk-ant-api03-', `${r.from(SETS.dash, 93)}AA`]),
  token('ai/anthropic-admin', ['anthropic admin key'], (r) => ['sk-ant-admin01-', `${r.from(SETS.dash, 93)}AA`]),
  prefixed('ai/openrouter', ['openrouter api key'], 'sk-or-v1-', 'hex', 64),
  prefixed('ai/hugging-face', ['hf token', 'hugging face hub token'], 'hf_', 'letters', 34, 37, WEAK),
  prefixed('ai/groq', ['groq api key'], 'gsk_', 'alnum', 52),
  prefixed('ai/replicate', ['replicate api token'], 'r8_', 'alnum', 37, 37, WEAK),
  prefixed('ai/perplexity', ['perplexity api key'], 'pplx-', 'alnum', 48),
  prefixed('ai/xai', ['xai api key'], 'xai-', 'alnum', 80),

  token(
    'mail/sendgrid',
    ['sendgrid api key'],
    (r) => ['SG.', `${r.from(SETS.dash, 22)}.${r.from(SETS.dash, 43)}`],
    WEAK,
  ),
  prefixed('mail/mailgun', ['mailgun api key'], 'key-', 'hex', 32, 32, WEAK),
  token('mail/mailchimp', ['mailchimp api key'], (r) => ['', `${r.from(SETS.hex, 32)}-us${r.int(1, 22)}`], WEAK),
  token('mail/brevo', ['brevo api key'], (r) => ['xkeysib-', `${r.from(SETS.hex, 64)}-${r.from(SETS.alnum, 16)}`]),
  token('mail/resend', ['resend api key'], (r) => ['re_', `${r.from(SETS.alnum, 8)}_${r.from(SETS.alnum, 24)}`], WEAK),
  prefixed('mail/twilio-key', ['twilio api key'], 'SK', 'hex', 32, 32, WEAK),

  ...['shpat_', 'shpss_', 'shpca_', 'shppa_'].map((prefix) =>
    prefixed(`commerce/shopify-${prefix.slice(0, -1)}`, ['shopify access token'], prefix, 'hex', 32),
  ),
  prefixed('commerce/square-personal', ['square access token'], 'sq0atp-', 'dash', 22, 24),
  prefixed('commerce/square-access', ['square access token'], 'EAAA', 'dash', 40, 60, WEAK),
  token('commerce/braintree', ['braintree access token'], (r) => [
    'access_token$production$',
    `${r.from(SETS.lowerAlnum, 16)}$${r.from(SETS.hex, 32)}`,
  ]),
  prefixed('commerce/easypost-live', ['easypost api key'], 'EZAK', 'alnum', 54),
  prefixed('commerce/easypost-test', ['easypost api key'], 'EZTK', 'alnum', 54),
  prefixed('commerce/shippo', ['shippo token'], 'shippo_live_', 'hex', 40),
  token(
    'commerce/facebook',
    ['facebook access token', 'page access token'],
    (r) => ['EAA', `${r.pick(['C', 'G', 'M', 'B'])}${r.from(SETS.alnum, r.int(100, 190))}`],
    WEAK,
  ),

  token('observability/grafana-service-account', ['grafana token'], (r) => [
    'glsa_',
    `${r.from(SETS.alnum, 32)}_${r.from(SETS.hex, 8)}`,
  ]),
  token('observability/grafana-cloud', ['grafana cloud api key'], (r) => [
    'glc_',
    base64url({ o: String(r.int(1e5, 1e6)), n: r.from(SETS.lower, 8), k: r.from(SETS.alnum, 24), m: { r: 'us' } }),
  ]),
  prefixed('observability/new-relic', ['new relic api key'], 'NRAK-', 'upperAlnum', 27),
  token('observability/sentry-org', ['sentry auth token'], (r) => [
    'sntrys_',
    `${base64url({ iat: r.int(17e8, 18e8), url: 'https://sentry.io', org: r.from(SETS.lower, 7) })}_${r.from(SETS.base64, 43)}`,
  ]),
  prefixed('observability/sentry-user', ['sentry auth token'], 'sntryu_', 'hex', 64),
  token('observability/dynatrace', ['dynatrace api token'], (r) => [
    'dt0c01.',
    `${r.from(SETS.upperAlnum, 24)}.${r.from(SETS.upperAlnum, 64)}`,
  ]),
  ...['sdk', 'api', 'mob'].map((prefix) =>
    token(
      `observability/launchdarkly-${prefix}`,
      ['launchdarkly sdk key', 'sdk key'],
      (r) => [`${prefix}-`, r.uuid()],
      WEAK,
    ),
  ),
  ...['squ', 'sqp', 'sqa'].map((prefix) =>
    prefixed(`developer/sonar-${prefix}`, ['sonar token'], `${prefix}_`, 'hex', 40),
  ),

  prefixed('developer/linear', ['linear api key'], 'lin_api_', 'alnum', 40),
  prefixed('developer/notion', ['notion token'], 'ntn_', 'alnum', 46),
  prefixed('developer/figma', ['figma token'], 'figd_', 'dash', 40, 44),
  token('developer/postman', ['postman api key'], (r) => ['PMAK-', `${r.from(SETS.hex, 24)}-${r.from(SETS.hex, 34)}`]),
  token(
    'developer/airtable',
    ['airtable api key', 'airtable token'],
    (r) => ['pat', `${r.from(SETS.alnum, 14)}.${r.from(SETS.hex, 64)}`],
    WEAK,
  ),
  token('developer/atlassian', ['jira api token'], (r) => [
    'ATATT3',
    `xFfGF0${r.from(SETS.dash, r.int(174, 186))}=${r.from(SETS.upperHex, 8)}`,
  ]),
  prefixed('developer/typeform', ['typeform token'], 'tfp_', 'dash', 59, 60),

  // Not in the list of the specification; public scanners know them.
  prefixed('beyond/gitlab-incoming-mail', ['incoming email token'], 'glimt-', 'dash', 25, 25, BEYOND),
  prefixed('beyond/nvidia', ['nvidia api key'], 'nvapi-', 'dash', 64, 64, BEYOND),
  prefixed('beyond/posthog', ['posthog personal api key'], 'phx_', 'alnum', 43, 43, BEYOND),
  token(
    'beyond/langsmith',
    ['langsmith api key'],
    (r) => ['lsv2_pt_', `${r.from(SETS.hex, 32)}_${r.from(SETS.hex, 10)}`],
    BEYOND,
  ),
  prefixed('beyond/square-secret', ['square application secret'], 'sq0csp-', 'dash', 43, 43, BEYOND),
  prefixed('beyond/contentful', ['contentful management token'], 'CFPAT-', 'dash', 43, 43, BEYOND),
  prefixed('beyond/readme', ['readme api key'], 'rdme_', 'lowerAlnum', 70, 70, BEYOND),
  prefixed('beyond/prefect', ['prefect api key'], 'pnu_', 'alnum', 36, 36, BEYOND),
  token(
    'beyond/sourcegraph',
    ['src access token'],
    (r) => ['sgp_', `${r.from(SETS.hex, 16)}_${r.from(SETS.hex, 40)}`],
    BEYOND,
  ),
  prefixed('beyond/docker-org', ['docker token'], 'dckr_oat_', 'dash', 32, 32, BEYOND),
  prefixed('beyond/duffel', ['duffel token'], 'duffel_live_', 'dash', 43, 43, BEYOND),
  token(
    'beyond/flutterwave',
    ['flutterwave secret key'],
    (r) => ['FLWSECK_TEST-', `${r.from(SETS.hex, 32)}-X`],
    BEYOND,
  ),
];
