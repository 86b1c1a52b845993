import type { Clock } from '../clock.ts';
import type { Finding } from './finding.ts';
import type { ProblemList } from './problem-list.ts';
import {
  azureKeyVaultResolver,
  createEnvResolver,
  createFileResolver,
  resolveSecret,
  type SecretResolver,
  type SecretSources,
  schemeOf,
} from './secret-reference.ts';
import type { Candidate } from './setting-sources.ts';
import { secretType } from './value-types.ts';
import { WebhookUrl } from './webhook-url.ts';

/** Shorter texts are no tokens, and masking them would mask words. */
const MIN_SECRET_CHARS = 20;

/** What reading secrets needs. */
export interface SecretReaderOptions {
  readonly sources: SecretSources;
  readonly resolvers: readonly SecretResolver[];
  readonly clock: Clock;
  /** Every secret that is seen is added, usable or not: none of them may ever be shown. */
  readonly secrets: Set<string>;
}

type SecretReading = { readonly ok: true; readonly secret: string } | { readonly ok: false; readonly finding: Finding };

/** The secret that a candidate is, names as a file, or refers to. */
export async function readSecret(candidate: Candidate, options: SecretReaderOptions): Promise<SecretReading> {
  const { value: text, findings } = secretType.read(candidate.value);
  const [finding] = findings;
  if (text === undefined) {
    return { ok: false, finding: finding ?? { found: 'nothing', expected: 'a secret', remedy: 'Set it.' } };
  }
  const fileResolver = createFileResolver(options.sources, candidate.baseDir);
  const scheme = candidate.fromFile ? 'file' : schemeOf(text);
  const resolvers = [...options.resolvers, fileResolver, createEnvResolver(options.sources), azureKeyVaultResolver];
  const resolver = candidate.fromFile ? fileResolver : resolvers.find((known) => known.scheme === scheme);
  if (resolver === undefined) {
    noteText(text, options.secrets);
    return { ok: true, secret: text };
  }
  const reference = candidate.fromFile ? `file:${text}` : text;
  // A URL where a path belongs is the secret itself.
  if (text.includes('/webhooks/')) noteTokens(text, options.secrets);
  const resolved = await resolveSecret(resolver, reference, options.clock);
  if (resolved.ok) noteText(resolved.secret, options.secrets);
  return resolved;
}

/**
 * The webhook of one channel: the first candidate that is right. Every wrong one before it is a problem; it is an essential one,
 * because it may leave nothing that could page.
 */
export async function readWebhook(
  candidates: readonly Candidate[],
  apiBaseUrl: string | undefined,
  options: SecretReaderOptions,
  problems: ProblemList,
): Promise<WebhookUrl | undefined> {
  for (const candidate of candidates) {
    const read = await readSecret(candidate, options);
    const parsed = read.ok ? WebhookUrl.parse(read.secret, { apiBaseUrl }) : undefined;
    if (parsed?.ok) {
      const { id, apiBase } = parsed.url;
      const token = parsed.url.revealToken();
      for (const secret of [`${apiBase}/webhooks/${id}/${token}`, `${id}/${token}`, token]) options.secrets.add(secret);
      return parsed.url;
    }
    const finding = read.ok ? parsed : read.finding;
    if (finding === undefined) continue;
    // It is not usable as it stands, but what is in it may well be.
    if (read.ok) noteTokens(read.secret, options.secrets);
    const { found, expected, remedy } = finding;
    problems.add({ key: candidate.key, found, expected, remedy }, 'essential');
  }
  return undefined;
}

function noteText(text: string, secrets: Set<string>): void {
  if (text.length >= MIN_SECRET_CHARS && !/\s/.test(text)) secrets.add(text);
}

/** Remembers the parts of a text that may be tokens: long runs that mix letters and digits. Host names are none. */
export function noteTokens(text: string, secrets: Set<string>): void {
  for (const part of text.split(/[^A-Za-z0-9_-]+/)) {
    if (part.length >= MIN_SECRET_CHARS && /[A-Za-z]/.test(part) && /\d/.test(part)) secrets.add(part);
  }
}
