import type { AlphabetName } from './redact-chars.ts';

/**
 * A kind of secret that begins with a literal prefix: the usual case, and the one to add.
 *
 * A match begins where a token may begin (not after a letter or digit), is the prefix in exactly this case, then at least
 * `minLength` characters of `alphabet`, then everything that still belongs to a token: vendors lengthen theirs, and no tail may
 * remain.
 */
export interface PrefixRule {
  /** Unique; masked tokens are counted under it. */
  readonly id: string;
  /** Shown in the marker: `[REDACTED:github-token]`. Lower-case letters, digits and `-`. */
  readonly kind: string;
  readonly prefixes: readonly string[];
  /** The characters of the token behind the prefix. */
  readonly alphabet: AlphabetName;
  /**
   * Characters needed behind the prefix. 12 where the prefix is unmistakable, because a text may have been cut in the middle of
   * a token before it came here; near the documented length where the prefix is short or a word.
   */
  readonly minLength: number;
  /** Where the format is documented. */
  readonly source: SourceName;
  /** What the match is extended over, where that is more than `alphabet`, letters and digits. */
  readonly tail?: AlphabetName;
  /** Not after `_`, `-` or `.` either: for prefixes that are words (`cache-key-<digest>` is no Mailgun key). */
  readonly standalone?: true;
  /** Further demand on what follows the prefix; sticky (`y` flag), bounded, no nested or neighbouring overlapping quantifiers. */
  readonly shape?: RegExp;
}

/** Where the formats are documented. */
export const SOURCES = {
  gitleaks: 'https://github.com/gitleaks/gitleaks/blob/master/config/gitleaks.toml',
  aws: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids',
  google: 'https://developers.google.com/identity/protocols/oauth2',
  supabase: 'https://supabase.com/docs/reference/api/introduction',
  supabaseKeys: 'https://supabase.com/docs/guides/api/api-keys',
  tailscale: 'https://tailscale.com/kb/1277/key-prefixes',
  github:
    'https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github',
  gitlab: 'https://docs.gitlab.com/security/tokens/#token-prefixes',
  bitbucket: 'https://support.atlassian.com/bitbucket-cloud/docs/app-passwords/',
  npm: 'https://github.blog/changelog/2021-09-23-npm-has-a-new-access-token-format/',
  pypi: 'https://warehouse.pypa.io/development/token-scanning.html',
  docker: 'https://docs.docker.com/security/access-tokens/',
  nuget: 'https://learn.microsoft.com/en-us/nuget/nuget-org/scoped-api-keys',
  slack: 'https://docs.slack.dev/authentication/tokens',
  resend: 'https://resend.com/docs/dashboard/api-keys/introduction',
  stripe: 'https://docs.stripe.com/keys',
  stripeWebhooks: 'https://docs.stripe.com/webhooks',
  braintree: 'https://github.com/trufflesecurity/trufflehog/tree/main/pkg/detectors/braintreepayments',
  openrouter: 'https://openrouter.ai/docs/api-reference/authentication',
  huggingFace: 'https://huggingface.co/docs/hub/security-tokens',
  groq: 'https://console.groq.com/docs/quickstart',
  replicate: 'https://replicate.com/docs/topics/security/api-tokens',
  xai: 'https://docs.x.ai/docs/tutorial',
  vault: 'https://developer.hashicorp.com/vault/docs/concepts/tokens#token-prefixes',
  doppler: 'https://docs.doppler.com/reference/auth-token-formats',
  onePassword: 'https://developer.1password.com/docs/service-accounts/',
  age: 'https://github.com/C2SP/C2SP/blob/main/age.md',
  newRelic: 'https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/',
  notion: 'https://developers.notion.com/docs/authorization',
  figma: 'https://developers.figma.com/docs/rest-api/authentication/',
  airtable: 'https://airtable.com/developers/web/api/authentication',
  dynatrace: 'https://docs.dynatrace.com/docs/dynatrace-api/basics/dynatrace-api-authentication',
  launchdarkly: 'https://docs.launchdarkly.com/sdk/concepts/client-side-server-side#keys',
  sonarqube: 'https://docs.sonarsource.com/sonarqube-server/latest/user-guide/managing-tokens/',
  matrix: 'https://spec.matrix.org/latest/client-server-api/#client-authentication',
  paseto: 'https://github.com/paseto-standard/paseto-spec',
  pkcs: 'https://www.rfc-editor.org/rfc/rfc5208#section-5',
  crypt: 'https://man7.org/linux/man-pages/man5/crypt.5.html',
  argon2: 'https://github.com/P-H-C/phc-winner-argon2',
  circleci: 'https://circleci.com/docs/managing-api-tokens/',
  buildkite: 'https://buildkite.com/docs/apis/managing-api-tokens',
  netlify: 'https://docs.netlify.com/api/get-started/#authentication',
  nvidia: 'https://docs.api.nvidia.com/nim/reference/llm-apis',
  langsmith:
    'https://docs.smith.langchain.com/administration/how_to_guides/organization_management/create_account_api_key',
  posthog: 'https://posthog.com/docs/api#private-endpoint-authentication',
} as const;

type SourceName = keyof typeof SOURCES;
type Row = readonly [
  id: string,
  kind: string,
  prefixes: string,
  alphabet: AlphabetName,
  minLength: number,
  source: SourceName,
  more?: Pick<PrefixRule, 'tail' | 'standalone' | 'shape'>,
];

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/y;
/** No word: a digit or a capital comes soon. */
const RANDOM = /[a-z_+/=-]{0,64}[A-Z0-9]/y;
const HAS_DIGIT = /[A-Za-z_-]{0,64}[0-9]/y;

/**
 * Every secret that is known by its prefix, by vendor: id, kind, prefixes, alphabet, least length, source. Order does not matter, the
 * longest prefix is tried first. To add one: a row here, and a row in the table of the test.
 */
// biome-ignore format: a table, one row per format
const ROWS: readonly Row[] = [
  // Cloud providers
  ['aws-access-key-id', 'aws-key', 'AKIA ASIA ABIA ACCA', 'upper', 12, 'aws'],
  ['aws-bedrock-long-lived-key', 'aws-key', 'ABSK', 'base64', 12, 'gitleaks', { shape: RANDOM }],
  ['aws-bedrock-short-lived-key', 'aws-key', 'bedrock-api-key-', 'base64', 12, 'gitleaks'],
  ['google-api-key', 'google-key', 'AIza', 'dash', 12, 'gitleaks'],
  ['google-oauth-access-token', 'google-token', 'ya29.', 'dotted', 12, 'google'],
  ['google-oauth-refresh-token', 'google-token', '1//', 'dash', 30, 'google'],
  ['google-oauth-client-secret', 'google-secret', 'GOCSPX-', 'dash', 12, 'google'],
  ['alibaba-access-key-id', 'alibaba-key', 'LTAI', 'alnum', 12, 'gitleaks', { shape: RANDOM }],
  ['digitalocean-token', 'digitalocean-token', 'dop_v1_ doo_v1_ dor_v1_', 'hex', 12, 'gitleaks'],
  ['heroku-api-key', 'heroku-key', 'HRKU-AA', 'dash', 12, 'gitleaks'],
  ['fly-access-token', 'fly-token', 'fo1_ fm1a_ fm1r_ fm2_', 'base64', 12, 'gitleaks'],
  ['cloudflare-origin-ca-key', 'cloudflare-key', 'v1.0-', 'hex', 12, 'gitleaks', { tail: 'dash' }],
  ['supabase-access-token', 'supabase-token', 'sbp_', 'hex', 12, 'supabase'],
  ['supabase-secret-key', 'supabase-key', 'sb_secret_', 'dash', 12, 'supabaseKeys'],
  ['planetscale-credential', 'planetscale-token', 'pscale_pw_ pscale_tkn_ pscale_oauth_', 'dotted', 12, 'gitleaks'],
  ['tailscale-key', 'tailscale-key', 'tskey-auth- tskey-api- tskey-client- tskey-scim- tskey-webhook-', 'dash', 12, 'tailscale'],
  ['databricks-token', 'databricks-token', 'dapi', 'hex', 12, 'gitleaks', { tail: 'dash', shape: HAS_DIGIT }],
  ['openshift-token', 'openshift-token', 'sha256~', 'dash', 20, 'gitleaks'],
  // Keys and tokens of standards; a body of a key without its BEGIN line: DER of PKCS #8 and #1, and OpenSSH's own form
  ['private-key-body', 'private-key', 'MIIEvQIBADAN MIIEvgIBADAN MIIEvwIBADAN MIIEpAIBAAKC MIIEowIBAAKC MIIEpQIBAAKC MIIJQgIBADAN MIIJQwIBADAN MIIJKQIBAAKC MIIJKgIBAAKC MC4CAQAwBQYDK2Vw b3BlbnNzaC1rZXktdjEA', 'base64', 16, 'pkcs'],
  ['paseto', 'paseto', 'v1.local. v2.local. v3.local. v4.local. v1.public. v2.public. v3.public. v4.public.', 'dash', 24, 'paseto', { tail: 'dotted' }],
  ['matrix-access-token', 'matrix-token', 'syt_', 'word', 16, 'matrix'],
  // Source code hosts and package registries
  ['github-token', 'github-token', 'ghp_ gho_ ghu_ ghr_', 'word', 12, 'github'],
  // Since 2026 also `ghs_<application id>_<JWT>`, about 520 characters with dots and dashes.
  ['github-installation-token', 'github-token', 'ghs_', 'word', 12, 'github', { tail: 'dotted' }],
  ['github-fine-grained-token', 'github-token', 'github_pat_', 'word', 12, 'github'],
  ['gitlab-token', 'gitlab-token', 'glpat- gldt- glrt- glrtr- glptt- glcbt- glft- glagent- gloas- glsoat- glimt- glffct- glwt-', 'dash', 12, 'gitlab', { tail: 'dotted' }],
  // The routable form ends in `.NN.NNNNNNNNN`.
  ['gitlab-runner-registration-token', 'gitlab-token', 'GR1348941', 'dash', 12, 'gitlab'],
  ['bitbucket-app-password', 'bitbucket-token', 'ATBB ATCTT3', 'base64', 12, 'bitbucket', { shape: RANDOM }],
  ['npm-token', 'npm-token', 'npm_', 'alnum', 12, 'npm', { shape: RANDOM }],
  ['pypi-token', 'pypi-token', 'pypi-AgE', 'dash', 12, 'pypi'],
  ['rubygems-key', 'rubygems-key', 'rubygems_', 'hex', 12, 'gitleaks'],
  ['docker-token', 'docker-token', 'dckr_pat_ dckr_oat_', 'dash', 12, 'docker'],
  ['nuget-key', 'nuget-key', 'oy2', 'alnum', 30, 'nuget'],
  ['clojars-token', 'clojars-token', 'CLOJARS_', 'alnum', 12, 'gitleaks'],
  ['artifactory-key', 'artifactory-key', 'AKCp', 'alnum', 12, 'gitleaks', { shape: RANDOM }],
  ['typeform-token', 'typeform-token', 'tfp_', 'dotted', 12, 'gitleaks', { shape: RANDOM }],
  ['circleci-token', 'circleci-token', 'CCIPAT_ CCIPRJ_', 'word', 12, 'circleci'],
  ['buildkite-token', 'buildkite-token', 'bkua_', 'hex', 12, 'buildkite'],
  ['netlify-token', 'netlify-token', 'nfp_', 'alnum', 12, 'netlify', { shape: RANDOM }],
  // Messaging and mail
  ['slack-token', 'slack-token', 'xoxb- xoxp- xoxa- xoxr- xoxs- xoxo- xoxc- xoxd- xoxe- xapp-', 'dash', 12, 'slack', { tail: 'base64' }],
  ['slack-rotating-token', 'slack-token', 'xoxe.xoxp- xoxe.xoxb-', 'dash', 12, 'slack'],
  ['sendgrid-key', 'sendgrid-key', 'SG.', 'dash', 16, 'gitleaks', { tail: 'dotted' }],
  ['mailgun-key', 'mailgun-key', 'key-', 'hex', 24, 'gitleaks', { tail: 'dash', standalone: true }],
  ['brevo-key', 'brevo-key', 'xkeysib- xsmtpsib-', 'hex', 12, 'gitleaks', { tail: 'dash' }],
  ['resend-key', 'resend-key', 're_', 'word', 30, 'resend', { shape: /[A-Za-z0-9]{8}_[A-Za-z0-9]{20}/y }],
  ['twilio-key', 'twilio-key', 'SK', 'hex', 32, 'gitleaks'],
  // Payment and commerce
  ['stripe-key', 'stripe-key', 'sk_live_ sk_test_ sk_prod_ rk_live_ rk_test_ rk_prod_', 'alnum', 10, 'stripe', { tail: 'word' }],
  ['stripe-client-secret', 'stripe-secret', 'pi_ seti_', 'word', 24, 'stripe', { shape: /[A-Za-z0-9]{8,40}_secret_[A-Za-z0-9]{8}/y }],
  ['stripe-webhook-secret', 'stripe-secret', 'whsec_', 'base64', 12, 'stripeWebhooks'],
  ['shopify-token', 'shopify-token', 'shpat_ shpss_ shpca_ shppa_', 'hex', 12, 'gitleaks'],
  ['square-token', 'square-token', 'sq0atp- sq0csp-', 'dash', 12, 'gitleaks'],
  ['square-access-token', 'square-token', 'EAAA', 'dash', 20, 'gitleaks', { shape: RANDOM }],
  ['facebook-access-token', 'facebook-token', 'EAA', 'alnum', 80, 'gitleaks'],
  ['paypal-braintree-access-token', 'braintree-token', 'access_token$production$ access_token$sandbox$', 'alnum', 12, 'braintree', { tail: 'dollar' }],
  ['easypost-key', 'easypost-key', 'EZAK EZTK', 'alnum', 12, 'gitleaks', { shape: RANDOM }],
  ['shippo-token', 'shippo-token', 'shippo_live_ shippo_test_', 'hex', 12, 'gitleaks'],
  ['flutterwave-secret-key', 'flutterwave-key', 'FLWSECK- FLWSECK_TEST-', 'dash', 12, 'gitleaks'],
  ['duffel-token', 'duffel-token', 'duffel_test_ duffel_live_', 'dash', 12, 'gitleaks'],
  // AI vendors
  ['openai-key', 'openai-key', 'sk-proj- sk-svcacct- sk-admin- sk-None-', 'dash', 12, 'gitleaks'],
  ['openai-legacy-key', 'openai-key', 'sk-', 'alnum', 16, 'gitleaks', { shape: RANDOM }],
  ['anthropic-key', 'anthropic-key', 'sk-ant-', 'dash', 12, 'gitleaks'],
  ['openrouter-key', 'openrouter-key', 'sk-or-v1-', 'hex', 12, 'openrouter'],
  ['hugging-face-token', 'huggingface-token', 'hf_ api_org_', 'alnum', 12, 'huggingFace', { shape: RANDOM }],
  ['groq-key', 'groq-key', 'gsk_', 'alnum', 12, 'groq', { shape: RANDOM }],
  ['replicate-token', 'replicate-token', 'r8_', 'alnum', 12, 'replicate', { shape: RANDOM }],
  ['perplexity-key', 'perplexity-key', 'pplx-', 'alnum', 12, 'gitleaks', { shape: RANDOM }],
  ['xai-key', 'xai-key', 'xai-', 'alnum', 12, 'xai', { shape: RANDOM }],
  ['nvidia-key', 'nvidia-key', 'nvapi-', 'dash', 12, 'nvidia'],
  ['langsmith-key', 'langsmith-key', 'lsv2_pt_ lsv2_sk_', 'word', 12, 'langsmith'],
  // Secret managers, infrastructure as code
  ['vault-token', 'vault-token', 'hvs. hvb. hvr.', 'dash', 12, 'vault'],
  ['doppler-token', 'doppler-token', 'dp.pt. dp.st. dp.ct. dp.sa. dp.said. dp.scim. dp.audit.', 'dotted', 12, 'doppler'],
  ['1password-service-account-token', '1password-token', 'ops_eyJ', 'base64', 12, 'onePassword'],
  ['pulumi-token', 'pulumi-token', 'pul-', 'hex', 12, 'gitleaks'],
  ['docker-swarm-token', 'docker-token', 'SWMTKN-1-', 'dash', 12, 'docker'],
  ['age-secret-key', 'age-key', 'AGE-SECRET-KEY-1', 'upper', 12, 'age'],
  // Observability and developer tools
  ['grafana-service-account-token', 'grafana-token', 'glsa_', 'word', 12, 'gitleaks'],
  ['grafana-cloud-token', 'grafana-token', 'glc_', 'base64', 12, 'gitleaks'],
  ['new-relic-key', 'newrelic-key', 'NRAK-', 'upper', 12, 'newRelic'],
  ['sentry-token', 'sentry-token', 'sntrys_ sntryu_', 'base64', 12, 'gitleaks'],
  ['linear-key', 'linear-key', 'lin_api_', 'alnum', 12, 'gitleaks'],
  ['notion-token', 'notion-token', 'ntn_', 'alnum', 12, 'gitleaks', { shape: RANDOM }],
  ['notion-legacy-token', 'notion-token', 'secret_', 'alnum', 40, 'notion', { standalone: true }],
  ['figma-token', 'figma-token', 'figd_', 'dash', 12, 'figma'],
  ['postman-key', 'postman-key', 'PMAK-', 'hex', 12, 'gitleaks', { tail: 'dash' }],
  ['airtable-token', 'airtable-token', 'pat', 'dotted', 27, 'airtable', { shape: /[A-Za-z0-9]{14}\.[0-9a-f]{12}/y }],
  ['atlassian-token', 'atlassian-token', 'ATATT3', 'base64', 12, 'gitleaks'],
  ['dynatrace-token', 'dynatrace-token', 'dt0c01. dt0s01.', 'alnum', 12, 'dynatrace', { tail: 'dotted' }],
  ['launchdarkly-key', 'launchdarkly-key', 'sdk- api- mob-', 'dash', 36, 'launchdarkly', { shape: UUID }],
  ['sonarqube-token', 'sonarqube-token', 'squ_ sqp_ sqa_', 'hex', 12, 'sonarqube'],
  ['sourcegraph-token', 'sourcegraph-token', 'sgp_', 'hex', 12, 'gitleaks', { tail: 'word' }],
  ['contentful-token', 'contentful-token', 'CFPAT-', 'dash', 12, 'gitleaks'],
  ['readme-key', 'readme-key', 'rdme_', 'alnum', 12, 'gitleaks', { shape: RANDOM }],
  ['prefect-key', 'prefect-key', 'pnu_', 'alnum', 12, 'gitleaks', { shape: RANDOM }],
  ['adobe-client-secret', 'adobe-secret', 'p8e-', 'dash', 12, 'gitleaks', { shape: RANDOM }],
  ['posthog-personal-key', 'posthog-key', 'phx_', 'alnum', 12, 'posthog', { shape: RANDOM }],
  // Password hashes: a weak password is found by trying
  ['bcrypt-hash', 'password-hash', '$2a$ $2b$ $2y$', 'crypt', 12, 'crypt'],
  ['sha-crypt-hash', 'password-hash', '$1$ $5$ $6$ $7$ $y$ $gy$ $apr1$ $scrypt$ $P$ $H$', 'crypt', 20, 'crypt'],
  ['scram-verifier', 'password-hash', 'SCRAM-SHA-256$ SCRAM-SHA-1$', 'verifier', 20, 'crypt'],
  ['pbkdf2-hash', 'password-hash', 'pbkdf2_sha256$ pbkdf2_sha1$ pbkdf2:sha256: $pbkdf2-sha256$ $pbkdf2-sha512$ bcrypt_sha256$ scrypt:', 'crypt', 20, 'crypt', { shape: HAS_DIGIT }],
  ['ldap-hash', 'password-hash', '{SSHA} {SHA} {SSHA256} {SSHA512} {PBKDF2} {CRYPT}', 'base64', 20, 'crypt'],
  ['argon2-hash', 'password-hash', '$argon2id$ $argon2i$ $argon2d$', 'crypt', 12, 'argon2'],
];

/** The table, as the detector wants it. */
export const PREFIX_RULES: readonly PrefixRule[] = ROWS.map(
  ([id, kind, prefixes, alphabet, minLength, source, more]) => ({
    id,
    kind,
    prefixes: prefixes.split(' '),
    alphabet,
    minLength,
    source,
    ...more,
  }),
);
