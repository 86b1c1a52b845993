import { createTextRedactor } from '../pipeline/redact-text.ts';
import type { Finding, Reading } from './finding.ts';
import { nearestName } from './nearest-name.ts';
import { looksSecret } from './shown-value.ts';

/** Placeholders that a link template may hold, each in braces: `{trace_id}`. */
export const LINK_PLACEHOLDERS: readonly string[] = ['trace_id', 'span_id', 'service', 'environment', 'incident'];

/**
 * The longest template. Discord takes button URLs of up to 512 characters, and the placeholders still grow.
 * https://discord.com/developers/docs/components/reference#button
 */
export const MAX_TEMPLATE_CHARS = 480;

// Only what looks like a name is a placeholder: the URLs of Grafana's explorer carry JSON in braces, and expressions `{3}`.
const PLACEHOLDER = /\{([0-9]{0,40}[A-Za-z][A-Za-z0-9_.-]{0,199})\}/g;
// They carry it behind the `?`: what stands in braces before that is meant as a placeholder, whatever it is.
const BRACES_IN_PATH = /\{[^{}]{0,480}\}/g;

const withoutSecrets = createTextRedactor({ known: [], pii: false });

/** Reads a link template: an `http:` or `https:` URL without user name, key or token whose placeholders are all known. */
export function readLinkTemplate(text: string): Reading<string> {
  const template = text.trim();
  const expected = `a URL with any of ${LINK_PLACEHOLDERS.map((name) => `{${name}}`).join(' ')}`;
  const findings: Finding[] = [];
  const refuse = (found: string, remedy: string): void => void findings.push({ found, expected, remedy });
  if (template.length > MAX_TEMPLATE_CHARS) {
    refuse(`more than ${MAX_TEMPLATE_CHARS} characters`, 'Shorten it: Discord takes links of at most 512 characters.');
    return { findings };
  }
  for (const [, name = ''] of template.matchAll(PLACEHOLDER)) {
    if (LINK_PLACEHOLDERS.includes(name)) continue;
    const nearest = nearestName(name, LINK_PLACEHOLDERS);
    const meant = nearest === undefined ? 'Remove it.' : `Did you mean {${nearest}}?`;
    // What is no name mistyped may be anything.
    const isShown = name.length <= 24 && (nearest !== undefined || /^[A-Za-z_]+$/.test(name)) && !looksSecret(name);
    refuse(isShown ? `the placeholder {${name}}` : 'an unknown placeholder', meant);
  }
  const filled = template.replaceAll(PLACEHOLDER, 'x');
  const path = /^[^?#]*/.exec(filled)?.[0] ?? '';
  for (const _braces of path.matchAll(BRACES_IN_PATH)) refuse('an unknown placeholder', 'Remove it.');
  const url = URL.canParse(filled) ? new URL(filled) : undefined;
  if (url === undefined) refuse('text that is not a URL', 'Start it with https://.');
  else if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    refuse('a URL whose scheme is neither http nor https', 'Start it with https://.');
  } else if (url.username !== '' || url.password !== '') {
    refuse('a URL with a user name or password', 'Leave them out: the link is shown in Discord.');
  } else if (withoutSecrets.redact(template) !== template) {
    refuse('a URL that holds a key or a token', 'Leave it out: the link is shown in Discord.');
  }
  return findings.length === 0 ? { value: template, findings } : { findings };
}
