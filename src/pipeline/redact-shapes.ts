import { ALPHABETS, endsInCut, isAlnum, isTokenStart, matches, runEnd, runStart } from './redact-chars.ts';
import { withoutFinalDots } from './redact-prefix.ts';
import { GROUP } from './redact-reading.ts';
import type { Detector } from './redact-span.ts';

/**
 * A kind of secret that is known by a literal somewhere inside it rather than by a prefix. `find` gets the position of one of the
 * literals and answers where the secret is, looking at most a fixed distance back and over one run forward. An empty range says that
 * there is none, nor another one before its end.
 */
export interface ShapeRule {
  readonly id: string;
  readonly kind: string;
  readonly literals: readonly string[];
  /** The literals count in whatever case. */
  readonly caseless?: true;
  readonly find: (text: string, at: number) => readonly [start: number, end: number] | undefined;
  readonly source: string;
}

const { alnum, dash, digits, dotted, hex } = ALPHABETS;

/** Runs a sticky pattern at a position and gives the place of its only group. */
function groupAt(pattern: RegExp, text: string, at: number): readonly [number, number] | undefined {
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  const group = found?.[1] ?? found?.[2];
  if (found === null || group === undefined) return undefined;
  const end = found.index + found[0].length;
  return [end - group.length, end];
}

// Slashes may be written `\/`, as some JSON encoders do. The token is what is secret; the id helps to find the webhook.
// https://discord.com/developers/docs/resources/webhook#execute-webhook
const DISCORD_WEBHOOK = /webhooks\\{0,3}\/[0-9]{15,22}\\{0,3}\/([A-Za-z0-9_-]{8,})/y;
const SLACK_WEBHOOK =
  /hooks\.slack(?:-gov)?\.com\\{0,3}\/(?:services|workflows|triggers|commands|actions|app)\\{0,3}\/([A-Za-z0-9+/_\\-]{8,})/y;
const TEAMS_WEBHOOK = /webhook\.office\.com\\{0,3}\/webhookb2\\{0,3}\/([^\s"'<>`)\\]{8,})/y;
// A link that logs in or takes over an account: its last part is made, not a name.
const ONE_TIME_LINK =
  /\/(?:password[-_]?resets?|resets?[-_]?password|resets?|verify(?:-email)?|confirm(?:ation)?|invit(?:e|ation)s?|magic(?:-?link)?|activat(?:e|ion)|unsubscribe|with\/key|login-token)\//iy;
const ONE_TIME_PATH =
  /\/[\w-]{3,20}(?:\/key)?\/(?=[A-Za-z_.~=-]{0,40}\d)(?=[^\s/?#"'<>]{0,40}[A-Za-z])([\w.~=-]{20,})/y;
const WEBHOOK_PATH =
  /\/hooks(?:\.zapier\.com\/hooks\/catch\/([0-9]{4,12}\/[a-z0-9]{4,})|\/(?!catch\/)([a-z0-9]{20,}))/y;
const ENDPOINT_PATH = /[a-z.]{8,14}\/(?:ws\/)?(?:v\d\/)?([\w-]{20,})/y;
const AWS_PAIR =
  /(?:AKIA|ASIA)[A-Z0-9]{16}[\s"',:;|]{1,12}(?:\d{4}-[\d:TZ.+-]{6,30}[\s"',]{1,4})?([A-Za-z0-9+/]{40}(?:[\s"',]{1,8}[A-Za-z0-9+/=]{100,4096})?)(?![A-Za-z0-9+/=])/y;
const ORACLE_THIN = /oracle:(?:thin|oci):[\w$#.-]{1,128}\/([^\s"'`@]{1,256})(?=@)/y;

/** Every secret that is known by its shape. */
export const SHAPE_RULES: readonly ShapeRule[] = [
  {
    id: 'jwt',
    kind: 'jwt',
    literals: ['eyJ'],
    find: findJwt,
    source: 'https://www.rfc-editor.org/rfc/rfc7519#section-3',
  },
  {
    id: 'discord-webhook',
    kind: 'discord-webhook',
    literals: ['webhooks'],
    find: (text, at) => groupAt(DISCORD_WEBHOOK, text, at),
    source: 'https://discord.com/developers/docs/resources/webhook#execute-webhook',
  },
  {
    id: 'discord-bot-token',
    kind: 'discord-token',
    literals: ['.'],
    find: findDiscordToken,
    source: 'https://discord.com/developers/docs/reference#authentication',
  },
  {
    id: 'slack-webhook',
    kind: 'slack-webhook',
    literals: ['hooks.slack'],
    find: (text, at) => groupAt(SLACK_WEBHOOK, text, at),
    source: 'https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks',
  },
  {
    id: 'teams-webhook',
    kind: 'teams-webhook',
    literals: ['webhook.office.com'],
    find: (text, at) => groupAt(TEAMS_WEBHOOK, text, at),
    source:
      'https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook',
  },
  {
    id: 'telegram-bot-token',
    kind: 'telegram-token',
    literals: [':AA'],
    find: (text, at) => {
      const start = runStart(text, at, digits, 16);
      const end = runEnd(text, at + 3, dash);
      return at - start >= 8 && at - start <= 10 && end - at >= (endsInCut(text, end) ? 8 : 23)
        ? [start, end]
        : undefined;
    },
    source: 'https://core.telegram.org/bots/api#authorizing-your-bot',
  },
  {
    id: 'azure-ad-client-secret',
    kind: 'azure-secret',
    literals: ['Q~'],
    find: findAzureSecret,
    source: 'https://github.com/gitleaks/gitleaks/blob/master/config/gitleaks.toml',
  },
  {
    id: 'azure-devops-token',
    kind: 'azure-token',
    literals: ['AZDO'],
    find: (text, at) => {
      const start = runStart(text, at, alnum, 128);
      const end = runEnd(text, at + 4, alnum);
      return at - start >= 52 ? [start, end] : undefined;
    },
    source:
      'https://learn.microsoft.com/en-us/azure/devops/organizations/accounts/use-personal-access-tokens-to-authenticate',
  },
  {
    id: 'mailchimp-key',
    kind: 'mailchimp-key',
    literals: ['-us'],
    find: (text, at) => {
      const start = runStart(text, at, hex, 40);
      const end = runEnd(text, at + 3, digits);
      return at - start === 32 && end > at + 3 && !isAlnum(text.charCodeAt(end)) ? [start, end] : undefined;
    },
    source: 'https://mailchimp.com/developer/marketing/docs/fundamentals/',
  },
  {
    id: 'terraform-cloud-token',
    kind: 'terraform-token',
    literals: ['.atlasv1.'],
    find: (text, at) => {
      const start = runStart(text, at, alnum, 64);
      const end = withoutFinalDots(text, at, runEnd(text, at + 9, ALPHABETS.base64));
      return at - start >= 8 && end - at >= 21 ? [start, end] : undefined;
    },
    source: 'https://developer.hashicorp.com/terraform/cloud-docs/users-teams-organizations/api-tokens',
  },
  {
    id: 'one-time-link',
    kind: 'link',
    literals: [
      '/pass',
      '/reset',
      '/verify',
      '/confirm',
      '/invit',
      '/magic',
      '/activat',
      '/unsub',
      '/with/key/',
      '/login-token/',
    ],
    caseless: true,
    find: (text, at) => (matches(ONE_TIME_LINK, text, at) ? groupAt(ONE_TIME_PATH, text, at) : undefined),
    source: 'https://cheatsheetseries.owasp.org/cheatsheets/Forgot_Password_Cheat_Sheet.html#url-tokens',
  },
  {
    id: 'webhook-address',
    kind: 'webhook',
    literals: ['/hooks/', '/hooks.zapier.com/hooks/catch/'],
    find: (text, at) => groupAt(WEBHOOK_PATH, text, at),
    source: 'https://docs.mattermost.com/developer/webhooks-incoming.html',
  },
  {
    id: 'aws-secret-access-key',
    kind: 'aws-key',
    literals: ['AKIA', 'ASIA'],
    find: (text, at) => groupAt(AWS_PAIR, text, at),
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html',
  },
  {
    id: 'blockchain-endpoint',
    kind: 'endpoint-key',
    literals: ['alchemy.com/', 'infura.io/', 'quiknode.pro/'],
    find: (text, at) => groupAt(ENDPOINT_PATH, text, at),
    source: 'https://docs.infura.io/api/getting-started',
  },
  {
    id: 'newrelic-license-key',
    kind: 'newrelic-key',
    literals: ['NRAL'],
    find: (text, at) => {
      const start = runStart(text, at, hex, 48);
      return at - start >= 30 ? [start, at + 4] : undefined;
    },
    source: 'https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/',
  },
  {
    id: 'oracle-thin-password',
    kind: 'password',
    literals: ['oracle:'],
    find: (text, at) => groupAt(ORACLE_THIN, text, at),
    source: 'https://docs.oracle.com/en/database/oracle/oracle-database/23/jjdbc/data-sources-and-URLs.html',
  },
];

// How the header of a token begins, RFC 7515 §4.1; other JSON in base64 begins with `eyJ`, too.
const JOSE_HEADER = /^\{"(?:alg|typ|kid|enc|cty|zip|jku|jwk|x5|crit|epk|ver|b64)/;

function findJwt(text: string, at: number): readonly [number, number] | undefined {
  if (!isTokenStart(text, at)) return undefined;
  const headEnd = runEnd(text, at, dash);
  let end = headEnd;
  let dots = 0;
  while (text.charCodeAt(end) === 46 && dots < 4) {
    end = runEnd(text, end + 1, dash);
    dots++;
  }
  const none = [headEnd, headEnd] as const;
  if (headEnd - at < 12) return none;
  const rest = withoutFinalDots(text, at, runEnd(text, end, dotted));
  if (dots >= 2) return [at, Math.max(end, rest)];
  // Cut upstream: in the second part, or in the first with nothing but the sign of a cut behind it.
  if (dots === 1 && end - headEnd > 4) return [at, rest];
  const cut =
    headEnd - at >= 20 &&
    JOSE_HEADER.test(Buffer.from(text.slice(at, at + 16), 'base64').toString('latin1')) &&
    (headEnd === text.length || text.startsWith('…', headEnd) || text.startsWith('...', headEnd));
  return cut ? [at, headEnd] : none;
}

// 24–28 characters of base64 that hold a snowflake (hence M, N or O), 6, and 27–38 or more.
function findDiscordToken(text: string, at: number): readonly [number, number] | undefined {
  if (text.charCodeAt(at + 7) !== 46 || runEnd(text, at + 1, dash, at + 7) !== at + 7) return undefined;
  let start = runStart(text, at, dash, 40);
  // `bot_MTI…`: what stands before it may be joined to it.
  while (start < at && !(at - start <= 28 && 'MNO'.includes(text.charAt(start)) && isTokenStart(text, start))) start++;
  if (at - start < 23) return undefined;
  const end = runEnd(text, at + 8, dash);
  return end - at - 8 >= (endsInCut(text, end) ? 1 : 12) ? [start, end] : undefined;
}

const AZURE_BODY: Uint8Array = dotted.map((member, code) => (member || code === 126 ? 1 : 0));

// Three characters, a digit, `Q~`, and 31–34 more.
function findAzureSecret(text: string, at: number): readonly [number, number] | undefined {
  if (digits[text.charCodeAt(at - 1)] !== 1) return undefined;
  const start = runStart(text, at - 1, AZURE_BODY, 3);
  const end = withoutFinalDots(text, at, runEnd(text, at + 2, AZURE_BODY));
  return at - 1 - start === 3 && end - at - 2 >= 12 ? [start, end] : undefined;
}

interface Shape {
  readonly literal: string;
  readonly caseless: boolean;
  readonly index: number;
  readonly rule: ShapeRule;
}

const DOT = '.';
const SHAPES: readonly Shape[] = SHAPE_RULES.flatMap((rule, index) =>
  rule.literals.map((literal) => ({ literal, caseless: rule.caseless === true, index, rule })),
);
const BY_FIRST = new Map<number, readonly Shape[]>();
for (const shape of SHAPES) {
  const first = shape.literal.charCodeAt(0);
  const others = BY_FIRST.get(first) ?? [];
  // What is found in whatever case is told from the others by its rule alone.
  if (shape.caseless && others.some(({ rule }) => rule === shape.rule)) continue;
  BY_FIRST.set(first, [...others, shape]);
}

/** What the shapes are known by; the one of a single character is looked for separately. */
export const SHAPE_LITERALS: readonly string[] = SHAPES.map(({ literal }) => literal).filter((one) => one !== DOT);

/** Finds every secret of the shape rules. */
export const detectShapes: Detector = (text, report, { at: placesOf, codes }) => {
  // By rule: where it has been looked for up to now.
  const done: number[] = [];
  const look = (at: number): void => {
    for (const { literal, caseless, index, rule } of BY_FIRST.get(codes[at] as number) ?? []) {
      if (at < (done[index] ?? 0) || !(caseless || text.startsWith(literal, at))) continue;
      const found = rule.find(text, at);
      if (found === undefined) continue;
      if (found[1] > found[0]) report(found[0], found[1], rule);
      done[index] = found[1];
    }
  };
  for (const at of placesOf(GROUP.shapes)) look(at);
  for (let at = text.indexOf(DOT); at >= 0; at = text.indexOf(DOT, at + 1)) if (codes[at + 7] === 46) look(at);
};
