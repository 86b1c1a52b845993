import { isBlank } from './redact-chars.ts';
import { bareEnd, type NameContext, type Value } from './redact-extent.ts';
import { isHarmlessValue } from './redact-harmless.ts';
import { isCovered } from './redact-marker.ts';

function lineStart(text: string, at: number): number {
  // A name further into a line than this has no indentation that matters.
  const from = Math.max(0, at - 200);
  return from + text.slice(from, at).lastIndexOf('\n') + 1;
}

/** True where nothing but blanks, quotes and list marks stands before `at` in its line. */
export function beginsLine(text: string, at: number): boolean {
  return /^[\s"'+$-]*(?:export |set |ENV |SET )?$/.test(text.slice(lineStart(text, at), at));
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

function indentOf(text: string, start: number): number {
  let i = start;
  while (isBlank(text.charCodeAt(i))) i++;
  return i - start;
}

const BLOCK_HEADER = /[|>][+-]?\d?[+-]?[ \t]*(?=\r?\n)/y;

/** A YAML block scalar (`password: |`), or a list on the lines below the name: everything that is indented deeper than the name. */
export function indentedBlock(text: string, at: number, name: NameContext, scalar: boolean): Value | undefined {
  if (name.delimiter !== ':') return undefined;
  let i = at;
  if (scalar) {
    BLOCK_HEADER.lastIndex = at;
    if (!BLOCK_HEADER.test(text)) return undefined;
    i = BLOCK_HEADER.lastIndex;
  }
  if (!beginsLine(text, name.start)) return undefined;
  const indent = indentOf(text, lineStart(text, name.start));
  let start = -1;
  let end = -1;
  for (let line = lineEnd(text, i) + 1; line > 0 && line < text.length; line = lineEnd(text, line) + 1) {
    const depth = indentOf(text, line);
    const content = line + depth;
    const stop = lineEnd(text, line);
    if (content >= stop) continue;
    const isItem = text.charCodeAt(content) === 45 && text.charCodeAt(content + 1) === 32;
    if (depth < indent || (depth === indent && !isItem) || (!scalar && !isItem)) break;
    if (scalar && depth === indent) break;
    if (start < 0) start = scalar ? content : content + 2;
    end = stop;
  }
  if (start < 0 || isCovered(text, start, end)) return undefined;
  // What a service may read, by name.
  if (isHarmlessValue(text.slice(start, Math.min(end, start + 256)).split(/\n[ \t]{0,40}- /)[0] as string, name.word))
    return undefined;
  return { start, end: text.charCodeAt(end - 1) === 13 ? end - 1 : end, wrap: '' };
}

const NEXT_LINE = /(?:\r?\n){1,2}[ \t]{0,40}(?=[^\s"'`:={}[\]<>()|]{6,200}\r?(?:\n|$))/y;

/** `Password:` and the value below it, as forms and prompts are copied: one word that holds letters and digits. */
export function onNextLine(text: string, at: number, name: NameContext): Value | undefined {
  NEXT_LINE.lastIndex = at;
  if (name.delimiter !== ':' || !NEXT_LINE.test(text)) return undefined;
  const start = NEXT_LINE.lastIndex;
  const end = bareEnd(text, start);
  const value = text.slice(start, end);
  if (!/\d/.test(value) || !/[A-Za-z]/.test(value)) return undefined;
  return isCovered(text, start, end) || isHarmlessValue(value, name.word) ? undefined : { start, end, wrap: '' };
}
