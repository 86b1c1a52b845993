import { endOfHead } from '../capture/bounded-text.ts';
import { cleanText } from '../render/text.ts';

const MAX_LINES = 40;
const MAX_BYTES = 16_384;
const MAX_LINE_BYTES = 4_096;

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** The last lines of a stream. */
export interface LastLines {
  /** Takes what comes next, in pieces of any size. The bytes may be used again afterwards. */
  add(chunk: Uint8Array): void;
  /** At most 40 lines, some 16 KiB; of a line at most its first 4 KiB. Without colours; `''` where nothing was said. */
  text(): string;
}

/**
 * Keeps the last lines of a stream in bounded memory; what a chunk costs does not depend on its size. What a carriage return
 * overwrites on a terminal (progress bars) is overwritten here too. Of a long line the beginning stays: a secret is recognised by
 * what stands before it.
 */
export function createLastLines(): LastLines {
  const lines: Buffer[] = [];
  let bytes = 0;
  let open: Buffer = Buffer.alloc(0);
  let isReturned = false;
  let isAnyLost = false;

  function extend(part: Buffer): void {
    let end = part.length;
    while (part[end - 1] === CARRIAGE_RETURN) end--;
    if (end > 0) {
      const said = part.subarray(0, end);
      const overwritten = said.lastIndexOf(CARRIAGE_RETURN);
      if (isReturned || overwritten >= 0) open = Buffer.alloc(0);
      // One byte more than is shown says that something is missing.
      const room = MAX_LINE_BYTES + 1 - open.length;
      if (room > 0) open = Buffer.concat([open, said.subarray(overwritten + 1, overwritten + 1 + room)]);
      isReturned = false;
    }
    isReturned ||= end < part.length;
  }

  function close(): void {
    lines.push(open);
    bytes += open.length + 1;
    open = Buffer.alloc(0);
    isReturned = false;
    while (lines.length > MAX_LINES || bytes > MAX_BYTES) {
      bytes -= (lines.shift()?.length ?? 0) + 1;
      isAnyLost = true;
    }
  }

  return {
    add(chunk) {
      const whole = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      let at = startOfLastLines(whole);
      if (at > 0) {
        open = Buffer.alloc(0);
        isReturned = false;
        isAnyLost = true;
      }
      for (let end = whole.indexOf(LINE_FEED, at); end >= 0; end = whole.indexOf(LINE_FEED, at)) {
        extend(whole.subarray(at, end));
        close();
        at = end + 1;
      }
      extend(whole.subarray(at));
    },
    text() {
      const kept = [...lines, ...(open.length === 0 ? [] : [open])];
      const shown = kept.slice(-MAX_LINES).map(toText);
      // The lines of a key whose first ones are gone are recognised by nothing else.
      if (isAnyLost || kept.length > MAX_LINES) while (isKeyLine(shown[0])) shown.shift();
      return shown.join('\n').replace(/^\n+/, '').trimEnd();
    },
  };
}

/** Where the last lines of a chunk begin: what stands before is not looked at. */
function startOfLastLines(chunk: Buffer): number {
  let at = chunk.length;
  for (let count = 0; count <= MAX_LINES; count++) {
    at = at <= 0 ? -1 : chunk.lastIndexOf(LINE_FEED, at - 1);
    if (at < 0) return 0;
  }
  return at + 1;
}

function toText(line: Buffer): string {
  const text = cleanText(line.subarray(0, MAX_LINE_BYTES).toString('utf8')).trimEnd();
  if (line.length <= MAX_LINE_BYTES) return text;
  // No half of a token remains.
  return `${text.slice(0, endOfHead(text, text.length - 1))} …`.trimStart();
}

function isKeyLine(line: string | undefined): boolean {
  return line !== undefined && /^[A-Za-z0-9+/]{32,}={0,2}$/.test(line);
}
