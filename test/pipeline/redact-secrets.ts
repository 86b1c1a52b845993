/**
 * Secrets for tests, put together at run time: nothing in the repository looks like a credential to a scanner.
 */

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LOWER = UPPER.toLowerCase();
const DIGITS = '0123456789';

type SetName = 'alnum' | 'lower' | 'base32' | 'upper' | 'hex' | 'word' | 'dash' | 'base64' | 'digits';

const SETS: Readonly<Record<SetName, string>> = {
  alnum: UPPER + LOWER + DIGITS,
  lower: LOWER + DIGITS,
  base32: `${UPPER}234567`,
  upper: UPPER + DIGITS,
  hex: `${DIGITS}abcdef`,
  word: `${UPPER + LOWER + DIGITS}_`,
  dash: `${UPPER + LOWER + DIGITS}_-`,
  base64: `${UPPER + LOWER + DIGITS}+/`,
  digits: DIGITS,
};

/** `length` characters of a set, always the same ones, with letters and digits among them from the start. */
export function made(set: SetName, length: number): string {
  const characters = SETS[set];
  let state = 7 + length;
  let out = '';
  for (let i = 0; i < length; i++) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    // Ends and beginnings are letters or digits, as the vendors' own are.
    const from = i === 0 || i === length - 1 ? characters.replace(/[^A-Za-z0-9]/g, '') : characters;
    out += from[Math.floor((state / 2_147_483_648) * from.length)];
  }
  return out.length > 3 && set !== 'digits' ? `${out.slice(0, 1)}4${out.slice(2)}` : out;
}

/** A JSON Web Token of unreal parts. */
export function madeJwt(): string {
  const head = Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url');
  const body = Buffer.from('{"sub":"1234567890","name":"Jo"}').toString('base64url');
  return [head, body, made('dash', 43)].join('.');
}

/** The first or last line of a PEM block. */
export function pemEdge(side: 'BEGIN' | 'END', label: string): string {
  const dashes = '-'.repeat(5);
  return `${dashes}${side} ${label}${dashes}`;
}

/** A PEM block of `lines` lines. */
export function madePem(label: string, lines = 4, lineEnd = '\n'): string {
  const body = Array.from({ length: lines }, (_, i) => made('base64', 64 - (i === lines - 1 ? 30 : 0)));
  return [pemEdge('BEGIN', label), ...body, pemEdge('END', label)].join(lineEnd);
}

/** A password with the characters that passwords have. */
export const PASSWORD: string = ['Tr0ub', '4dor', 'zQ9'].join('');

/** id of the rule → a secret as its vendor makes it. */
export const SAMPLES: readonly (readonly [ruleId: string, secret: string])[] = [
  ['private-key-body', `MII${'EvQIBADAN'}${made('base64', 180)}`],
  ['private-key-body', `MC4${'CAQAwBQYDK2Vw'}${made('base64', 48)}`],
  ['private-key-body', `b3BlbnNz${'aC1rZXktdjEA'}${made('base64', 180)}`],
  ['paseto', `v4.${'local.'}${made('dash', 120)}`],
  ['matrix-access-token', `sy${'t_'}${made('alnum', 8)}_${made('alnum', 20)}_${made('alnum', 6)}`],
  ['aws-access-key-id', `AK${'IA'}${made('base32', 16)}`],
  ['aws-access-key-id', `AS${'IA'}${made('base32', 16)}`],
  ['aws-access-key-id', `AB${'IA'}${made('base32', 16)}`],
  ['aws-access-key-id', `AC${'CA'}${made('base32', 16)}`],
  ['aws-bedrock-long-lived-key', `AB${'SK'}${made('base64', 128)}`],
  ['aws-bedrock-short-lived-key', `bedrock-${'api-key-'}${made('base64', 100)}`],
  ['google-api-key', `AI${'za'}${made('dash', 35)}`],
  ['google-oauth-access-token', `ya${'29.'}${made('dash', 120)}`],
  ['google-oauth-refresh-token', `1${'//'}0${made('dash', 100)}`],
  ['google-oauth-client-secret', `GOC${'SPX-'}${made('dash', 28)}`],
  ['alibaba-access-key-id', `LT${'AI'}${made('alnum', 20)}`],
  ['digitalocean-token', `dop${'_v1_'}${made('hex', 64)}`],
  ['digitalocean-token', `doo${'_v1_'}${made('hex', 64)}`],
  ['digitalocean-token', `dor${'_v1_'}${made('hex', 64)}`],
  ['heroku-api-key', `HR${'KU-AA'}${made('dash', 58)}`],
  ['fly-access-token', `fo${'1_'}${made('dash', 43)}`],
  ['fly-access-token', `fm${'1a_'}${made('base64', 100)}`],
  ['fly-access-token', `fm${'1r_'}${made('base64', 100)}`],
  ['fly-access-token', `fm${'2_'}${made('base64', 100)}`],
  ['cloudflare-origin-ca-key', `v1.${'0-'}${made('hex', 24)}-${made('hex', 146)}`],
  ['supabase-access-token', `sb${'p_'}${made('hex', 40)}`],
  ['supabase-secret-key', `sb_${'secret_'}${made('dash', 31)}`],
  ['planetscale-credential', `pscale${'_pw_'}${made('dash', 43)}`],
  ['planetscale-credential', `pscale${'_tkn_'}${made('dash', 43)}`],
  ['planetscale-credential', `pscale${'_oauth_'}${made('dash', 43)}`],
  ['tailscale-key', `tskey-${'auth-'}${made('alnum', 12)}-${made('alnum', 32)}`],
  ['tailscale-key', `tskey-${'api-'}${made('alnum', 12)}-${made('alnum', 32)}`],
  ['tailscale-key', `tskey-${'client-'}${made('alnum', 12)}-${made('alnum', 32)}`],
  ['databricks-token', `da${'pi'}${made('hex', 32)}`],
  ['openshift-token', `sha256${'~'}${made('dash', 43)}`],
  ['github-token', `gh${'p_'}${made('alnum', 36)}`],
  ['github-token', `gh${'o_'}${made('alnum', 36)}`],
  ['github-token', `gh${'u_'}${made('alnum', 36)}`],
  ['github-token', `gh${'r_'}${made('alnum', 76)}`],
  ['github-installation-token', `gh${'s_'}${made('alnum', 36)}`],
  ['github-installation-token', `gh${'s_'}123456_${madeJwt()}`],
  ['github-fine-grained-token', `github${'_pat_'}${made('alnum', 22)}_${made('alnum', 59)}`],
  ['gitlab-token', `gl${'pat-'}${made('dash', 20)}`],
  ['gitlab-token', `gl${'pat-'}${made('dash', 40)}.01.${made('lower', 9)}`],
  ['gitlab-token', `gl${'dt-'}${made('dash', 20)}`],
  ['gitlab-token', `gl${'rt-'}${made('dash', 20)}`],
  ['gitlab-token', `gl${'ptt-'}${made('hex', 40)}`],
  ['gitlab-token', `gl${'cbt-'}1_${made('dash', 20)}`],
  ['gitlab-token', `gl${'ft-'}${made('dash', 20)}`],
  ['gitlab-token', `gl${'agent-'}${made('dash', 50)}`],
  ['gitlab-token', `gl${'oas-'}${made('dash', 64)}`],
  ['gitlab-token', `gl${'soat-'}${made('dash', 20)}`],
  ['gitlab-runner-registration-token', `GR${'1348941'}${made('dash', 20)}`],
  ['bitbucket-app-password', `AT${'BB'}${made('alnum', 32)}`],
  ['npm-token', `np${'m_'}${made('alnum', 36)}`],
  ['pypi-token', `py${'pi-'}AgEIcHlwaS5vcmc${made('dash', 150)}`],
  ['rubygems-key', `ruby${'gems_'}${made('hex', 48)}`],
  ['docker-token', `dckr${'_pat_'}${made('dash', 27)}`],
  ['nuget-key', `oy${'2'}${made('lower', 43)}`],
  ['clojars-token', `CLO${'JARS_'}${made('lower', 60)}`],
  ['artifactory-key', `AK${'Cp'}${made('alnum', 69)}`],
  ['typeform-token', `tf${'p_'}${made('dash', 59)}`],
  ['slack-token', `xo${'xb-'}123456789012-1234567890123-${made('alnum', 24)}`],
  ['slack-token', `xo${'xp-'}123456789012-1234567890123-1234567890123-${made('hex', 32)}`],
  ['slack-token', `xo${'xa-'}2-${made('alnum', 48)}`],
  ['slack-token', `xo${'xr-'}${made('alnum', 48)}`],
  ['slack-token', `xo${'xs-'}1-2-3-${made('hex', 32)}`],
  ['slack-token', `xo${'xo-'}1-2-3-${made('hex', 32)}`],
  ['slack-token', `xa${'pp-1-'}A012AB3C4DE-1234567890123-${made('hex', 64)}`],
  ['slack-token', `xo${'xe-1-'}${made('alnum', 146)}`],
  ['slack-rotating-token', `xo${'xe.xo'}xp-1-${made('alnum', 163)}`],
  ['sendgrid-key', `S${'G.'}${made('dash', 22)}.${made('dash', 43)}`],
  ['mailgun-key', `ke${'y-'}${made('hex', 32)}`],
  ['brevo-key', `xkey${'sib-'}${made('hex', 64)}-${made('alnum', 16)}`],
  ['resend-key', `r${'e_'}${made('alnum', 8)}_${made('alnum', 24)}`],
  ['twilio-key', `S${'K'}${made('hex', 32)}`],
  ['stripe-key', `sk${'_live_'}${made('alnum', 24)}`],
  ['stripe-key', `sk${'_test_'}${made('alnum', 99)}`],
  ['stripe-key', `rk${'_live_'}${made('alnum', 24)}`],
  ['stripe-key', `rk${'_test_'}${made('alnum', 24)}`],
  ['stripe-client-secret', `p${'i_'}${made('alnum', 24)}_sec${'ret_'}${made('alnum', 25)}`],
  ['stripe-webhook-secret', `wh${'sec_'}${made('alnum', 32)}`],
  ['shopify-token', `shp${'at_'}${made('hex', 32)}`],
  ['shopify-token', `shp${'ss_'}${made('hex', 32)}`],
  ['shopify-token', `shp${'ca_'}${made('hex', 32)}`],
  ['shopify-token', `shp${'pa_'}${made('hex', 32)}`],
  ['square-token', `sq0${'atp-'}${made('dash', 22)}`],
  ['square-access-token', `EA${'AA'}${made('dash', 60)}`],
  ['facebook-access-token', `EA${'A'}C${made('alnum', 120)}`],
  ['paypal-braintree-access-token', `access_token${'$production$'}${made('lower', 16)}${'$'}${made('hex', 32)}`],
  ['easypost-key', `EZ${'AK'}${made('alnum', 54)}`],
  ['easypost-key', `EZ${'TK'}${made('alnum', 54)}`],
  ['shippo-token', `shippo${'_live_'}${made('hex', 40)}`],
  ['flutterwave-secret-key', `FLW${'SECK_TEST-'}${made('hex', 32)}-X`],
  ['duffel-token', `duffel${'_live_'}${made('dash', 43)}`],
  ['openai-key', `sk-${'proj-'}${made('dash', 156)}`],
  ['openai-key', `sk-${'svcacct-'}${made('dash', 120)}`],
  ['openai-key', `sk-${'admin-'}${made('dash', 120)}`],
  ['openai-legacy-key', `s${'k-'}${made('alnum', 48)}`],
  ['anthropic-key', `sk-${'ant-'}api03-${made('dash', 93)}AA`],
  ['openrouter-key', `sk-${'or-v1-'}${made('hex', 64)}`],
  ['hugging-face-token', `h${'f_'}${made('alnum', 34)}`],
  ['groq-key', `gs${'k_'}${made('alnum', 52)}`],
  ['replicate-token', `r${'8_'}${made('alnum', 37)}`],
  ['perplexity-key', `pp${'lx-'}${made('alnum', 48)}`],
  ['xai-key', `xa${'i-'}${made('alnum', 80)}`],
  ['vault-token', `hv${'s.'}${made('dash', 95)}`],
  ['vault-token', `hv${'b.'}${made('dash', 138)}`],
  ['vault-token', `hv${'r.'}${made('dash', 95)}`],
  ['doppler-token', `dp.${'pt.'}${made('alnum', 43)}`],
  ['doppler-token', `dp.${'st.'}prd.${made('alnum', 43)}`],
  ['doppler-token', `dp.${'ct.'}${made('alnum', 43)}`],
  ['1password-service-account-token', `ops${'_eyJ'}${made('base64', 250)}`],
  ['pulumi-token', `pu${'l-'}${made('hex', 40)}`],
  ['age-secret-key', `AGE-${'SECRET-KEY-1'}${made('upper', 58)}`],
  ['grafana-service-account-token', `gl${'sa_'}${made('alnum', 32)}_${made('hex', 8)}`],
  ['grafana-cloud-token', `gl${'c_'}eyJ${made('base64', 100)}`],
  ['new-relic-key', `NR${'AK-'}${made('upper', 27)}`],
  ['sentry-token', `sn${'trys_'}eyJ${made('base64', 80)}_${made('base64', 43)}`],
  ['sentry-token', `sn${'tryu_'}${made('hex', 64)}`],
  ['linear-key', `lin${'_api_'}${made('alnum', 40)}`],
  ['notion-token', `nt${'n_'}${made('alnum', 46)}`],
  ['notion-legacy-token', `sec${'ret_'}${made('alnum', 43)}`],
  ['figma-token', `fi${'gd_'}${made('dash', 40)}`],
  ['postman-key', `PM${'AK-'}${made('hex', 24)}-${made('hex', 34)}`],
  ['airtable-token', `pa${'t'}${made('alnum', 14)}.${made('hex', 64)}`],
  ['atlassian-token', `ATA${'TT3'}${made('dash', 180)}=${made('hex', 8).toUpperCase()}`],
  ['dynatrace-token', `dt0${'c01.'}${made('upper', 24)}.${made('upper', 64)}`],
  ['launchdarkly-key', `sd${'k-'}${madeUuid()}`],
  ['launchdarkly-key', `ap${'i-'}${madeUuid()}`],
  ['launchdarkly-key', `mo${'b-'}${madeUuid()}`],
  ['sonarqube-token', `sq${'u_'}${made('hex', 40)}`],
  ['sonarqube-token', `sq${'p_'}${made('hex', 40)}`],
  ['sonarqube-token', `sq${'a_'}${made('hex', 40)}`],
  ['sourcegraph-token', `sg${'p_'}${made('hex', 16)}_${made('hex', 40)}`],
  ['readme-key', `rd${'me_'}${made('lower', 70)}`],
  ['prefect-key', `pn${'u_'}${made('alnum', 36)}`],
  ['adobe-client-secret', `p8${'e-'}${made('lower', 32)}`],
  ['circleci-token', `CCI${'PAT_'}${made('alnum', 22)}_${made('hex', 40)}`],
  ['buildkite-token', `bk${'ua_'}${made('hex', 40)}`],
  ['netlify-token', `nf${'p_'}${made('alnum', 36)}`],
  ['nvidia-key', `nv${'api-'}${made('dash', 64)}`],
  ['langsmith-key', `lsv2${'_pt_'}${made('hex', 32)}_${made('hex', 10)}`],
  ['contentful-token', `CFP${'AT-'}${made('dash', 43)}`],
  ['docker-swarm-token', `SWM${'TKN-1-'}${made('lower', 50)}-${made('lower', 25)}`],
  ['posthog-personal-key', `ph${'x_'}${made('alnum', 43)}`],
  ['bcrypt-hash', `$2${'b$'}12$${made('alnum', 53)}`],
  ['sha-crypt-hash', `$${'6$'}${made('alnum', 16)}$${made('alnum', 86)}`],
  ['sha-crypt-hash', `$${'y$'}j9T$${made('alnum', 22)}$${made('alnum', 43)}`],
  ['scram-verifier', `SCRAM-SHA${'-256$'}4096:${made('alnum', 24)}$${made('alnum', 44)}:${made('alnum', 44)}`],
  ['pbkdf2-hash', `pbkdf2_sha256${'$'}600000$${made('alnum', 22)}$${made('alnum', 43)}=`],
  ['ldap-hash', `{SS${'HA}'}${made('alnum', 32)}`],
  ['argon2-hash', `$argon2${'id$'}v=19$m=65536,t=3,p=4$${made('alnum', 22)}$${made('alnum', 43)}`],
  // Known by a literal inside
  ['jwt', madeJwt()],
  ['jwt', `${madeJwt()}.${made('dash', 30)}.${made('dash', 22)}`],
  ['discord-bot-token', `M${made('alnum', 23)}.${made('alnum', 6)}.${made('dash', 38)}`],
  ['telegram-bot-token', `${made('digits', 10)}:${'AA'}${made('dash', 33)}`],
  ['azure-ad-client-secret', `${made('alnum', 3)}8${'Q~'}${made('dash', 34)}`],
  ['azure-devops-token', `${made('alnum', 76)}${'AZ'}DO${made('alnum', 4)}`],
  ['mailchimp-key', `${made('hex', 32)}-us${'12'}`],
  ['terraform-cloud-token', `${made('alnum', 14)}.${'atlasv1'}.${made('alnum', 67)}`],
];

/** A random UUID that is always the same. */
export function madeUuid(): string {
  const hex = made('hex', 32);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
