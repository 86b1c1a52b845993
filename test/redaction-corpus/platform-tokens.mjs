// Clouds, code hosts, package registries, secret managers.
import { SETS } from './random.mjs';
import { base64url, prefixed, token } from './token-table.mjs';

const WEAK = { cut: false };
const BEYOND = { beyond: true };

const aws = ['aws access key id', 'access key'];
const github = ['github token', 'gh token', 'token'];
const gitlab = ['gitlab token', 'private token', 'token'];
const google = ['google api key', 'api key'];

export const PLATFORM_TOKENS = [
  prefixed('aws/access-key-AKIA', aws, 'AKIA', 'base32', 16, 20),
  prefixed('aws/access-key-ASIA', aws, 'ASIA', 'base32', 16, 16),
  prefixed('aws/access-key-ABIA', aws, 'ABIA', 'base32', 16, 16),
  prefixed('aws/access-key-ACCA', aws, 'ACCA', 'base32', 16, 16),
  token('aws/bedrock-long-lived', ['aws bearer token bedrock'], (r) => ['ABSK', r.base64(r.int(76, 100))]),
  token('aws/bedrock-short-lived', ['aws bearer token bedrock'], (r) => ['bedrock-api-key-', r.base64(r.int(90, 300))]),

  prefixed('google/api-key', google, 'AIza', 'dash', 35, 39),
  prefixed('google/access-token', ['access token'], 'ya29.', 'dash', 60, 220),
  prefixed('google/client-secret', ['google client secret'], 'GOCSPX-', 'dash', 28, 28),

  token(
    'azure/client-secret',
    ['azure client secret', 'client secret'],
    (r) => ['', `${r.from(SETS.alnum, 3)}${r.int(1, 9)}Q~${r.from(`${SETS.dash}.~`, r.int(31, 34))}`],
    WEAK,
  ),
  token(
    'azure/devops-pat',
    ['azure devops pat', 'system access token'],
    (r) => ['', `${r.from(SETS.alnum, 76)}AZDO${r.from(SETS.alnum, 4)}`],
    WEAK,
  ),

  prefixed('github/ghp', github, 'ghp_', 'alnum', 36, 60),
  prefixed('github/gho', github, 'gho_', 'alnum', 36, 40),
  prefixed('github/ghu', github, 'ghu_', 'alnum', 36, 40),
  prefixed('github/ghs', github, 'ghs_', 'alnum', 36, 40),
  token('github/ghs-jwt', github, (r) => [
    'ghs_',
    `${r.int(100_000, 9_999_999)}_${base64url({ alg: 'RS256', typ: 'JWT' })}.${base64url({ iss: r.int(1, 9e6), jti: r.uuid() })}.${r.from(SETS.dash, 342)}`,
  ]),
  prefixed('github/ghr', github, 'ghr_', 'alnum', 36, 76),
  token('github/fine-grained', github, (r) => [
    'github_pat_',
    `${r.from(SETS.alnum, 22)}_${r.from(SETS.alnum, r.int(59, 70))}`,
  ]),

  ...['glpat', 'gldt', 'glrt', 'glptt', 'glcbt', 'glft', 'glagent', 'gloas', 'glsoat'].map((prefix) =>
    prefixed(
      `gitlab/${prefix}`,
      gitlab,
      `${prefix}-`,
      'dash',
      20,
      prefix === 'gloas' || prefix === 'glagent' ? 64 : 30,
    ),
  ),
  token('gitlab/routable', gitlab, (r) => [
    'glpat-',
    `${r.from(SETS.dash, r.int(27, 60))}.${r.from(SETS.lowerAlnum, 2)}.${r.from(SETS.lowerAlnum, 9)}`,
  ]),
  prefixed('gitlab/runner-registration', ['registration token'], 'GR1348941', 'dash', 20, 24),

  prefixed('registry/npm', ['npm token', 'node auth token'], 'npm_', 'alnum', 36, 40),
  prefixed('registry/pypi', ['pypi token', 'twine password'], 'pypi-AgEIcHlwaS5vcmc', 'dash', 90, 170),
  prefixed('registry/rubygems', ['gem host api key'], 'rubygems_', 'hex', 48, 48),
  prefixed('registry/docker', ['docker token', 'docker password'], 'dckr_pat_', 'dash', 27, 36),
  prefixed('registry/nuget', ['nuget api key'], 'oy2', 'lowerAlnum', 43, 43, WEAK),
  prefixed('registry/artifactory', ['artifactory api key'], 'AKCp', 'alnum', 69, 73),
  prefixed('registry/clojars', ['clojars token'], 'CLOJARS_', 'lowerAlnum', 60, 60, BEYOND),

  prefixed('hosting/digitalocean-pat', ['digitalocean token'], 'dop_v1_', 'hex', 64),
  prefixed('hosting/digitalocean-oauth', ['digitalocean token'], 'doo_v1_', 'hex', 64),
  prefixed('hosting/digitalocean-refresh', ['refresh token'], 'dor_v1_', 'hex', 64),
  prefixed('hosting/heroku', ['heroku api key'], 'HRKU-AA', 'dash', 58, 60),
  prefixed('hosting/fly-fo1', ['fly api token'], 'fo1_', 'dash', 43, 43),
  ...['fm1a_', 'fm1r_', 'fm2_'].map((prefix) =>
    token(`hosting/fly-${prefix.slice(0, -1)}`, ['fly api token', 'fly access token'], (r) => [
      prefix,
      r.base64(r.int(75, 400)),
    ]),
  ),
  token(
    'hosting/cloudflare-origin-ca',
    ['cloudflare origin ca key', 'x auth user service key'],
    (r) => ['v1.0-', `${r.from(SETS.hex, 24)}-${r.from(SETS.hex, 146)}`],
    WEAK,
  ),
  prefixed('hosting/supabase-pat', ['supabase access token'], 'sbp_', 'hex', 40),
  prefixed('hosting/supabase-secret', ['supabase secret key'], 'sb_secret_', 'dash', 31, 40),
  ...['pw', 'tkn', 'oauth'].map((name) =>
    prefixed(`hosting/planetscale-${name}`, ['planetscale password'], `pscale_${name}_`, 'dash', 32, 64),
  ),
  ...['auth', 'api', 'client'].map((name) =>
    token(`hosting/tailscale-${name}`, ['tailscale auth key'], (r) => [
      `tskey-${name}-`,
      `${r.from(SETS.alnum, r.int(10, 17))}-${r.from(SETS.alnum, r.int(26, 34))}`,
    ]),
  ),
  prefixed('hosting/databricks', ['databricks token'], 'dapi', 'hex', 32),
  prefixed('hosting/openshift', ['token'], 'sha256~', 'dash', 43, 43, { cut: false, beyond: true }),
  prefixed('hosting/alibaba', ['alibaba access key'], 'LTAI', 'alnum', 20, 24, { cut: false, beyond: true }),

  prefixed('secrets/vault-service', ['vault token'], 'hvs.', 'dash', 90, 110),
  prefixed('secrets/vault-batch', ['vault token'], 'hvb.', 'dash', 138, 212),
  prefixed('secrets/vault-recovery', ['vault token'], 'hvr.', 'dash', 90, 100),
  token(
    'secrets/terraform-cloud',
    ['tfe token', 'terraform token'],
    (r) => ['', `${r.from(SETS.alnum, 14)}.atlasv1.${r.from(SETS.dash, r.int(60, 70))}`],
    WEAK,
  ),
  ...['pt', 'st', 'ct'].map((name) =>
    prefixed(`secrets/doppler-${name}`, ['doppler token'], `dp.${name}.`, 'alnum', 43, 44),
  ),
  token('secrets/1password-service-account', ['op service account token'], (r) => [
    'ops_eyJ',
    r.from(SETS.alnum, r.int(250, 600)),
  ]),
  prefixed('secrets/pulumi', ['pulumi access token'], 'pul-', 'hex', 40, 40, WEAK),
  prefixed('secrets/age', ['sops age key', 'age secret key'], 'AGE-SECRET-KEY-1', 'upperAlnum', 58),
];
