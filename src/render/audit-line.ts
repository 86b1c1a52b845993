import { codePointLength } from './code-points.ts';
import { cutEnd } from './cut.ts';
import { MAX_EMBED_DESCRIPTION_CHARS } from './limits.ts';
import type { AuditEntry } from './render.ts';
import { cleanLine, escapeInline } from './text.ts';
import { discordTime, reasonInWords } from './wording.ts';

/** One notice in one line: short enough that a full page of them stays readable. */
const TITLE_CHARS = 120;
const NAME_CHARS = 40;

/**
 * `<t:…:T> P1 checkout → payments · first notice · TypeError: x · k3f9a2`, at most about 600 code points however the text is
 * escaped, on one line.
 */
function auditLine(entry: AuditEntry): string {
  const service = entry.service === undefined ? '' : shown(entry.service, NAME_CHARS);
  const channel = shown(entry.channel, NAME_CHARS);
  const parts = [
    `${discordTime(entry.atMs, 'T')} ${entry.priority}${service === '' ? '' : ` ${service}`} → ${channel}`,
    reasonInWords(entry.reason),
    shown(entry.title, TITLE_CHARS),
    shown(entry.incidentId, NAME_CHARS),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

function shown(text: string, maxChars: number): string {
  // Cleaning a megabyte for a few words would be a waste; eight times leaves room for what is stripped.
  return escapeInline(cutEnd(cleanLine(text.slice(0, 8 * maxChars)), maxChars));
}

/** As many lines, from the first on, as fit into one description; at least one where there is one. */
export function auditPage(entries: readonly AuditEntry[]): { readonly text: string; readonly taken: number } {
  const lines: string[] = [];
  let chars = 0;
  for (const entry of entries) {
    const line = auditLine(entry);
    chars += codePointLength(line) + 1;
    if (chars > MAX_EMBED_DESCRIPTION_CHARS + 1) break;
    lines.push(line);
  }
  return { text: lines.join('\n'), taken: lines.length };
}
