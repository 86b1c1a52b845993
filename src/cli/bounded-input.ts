import { StringDecoder } from 'node:string_decoder';

/** The most of a text that is read whole; beyond it only both ends are kept. */
const MAX_WHOLE_BYTES = 16 * 1024 * 1024;

/**
 * The text of a stream to its end, as UTF-8. Of one beyond 16 MiB the middle is missing: start and end say what broke and why. Whoever
 * shows it cuts it further; the missing part lies within every such cut.
 */
export async function readText(stream: AsyncIterable<Uint8Array | string>): Promise<string> {
  const half = MAX_WHOLE_BYTES / 2;
  const head: Buffer[] = [];
  const tail: Buffer[] = [];
  let headBytes = 0;
  let tailBytes = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk as Uint8Array);
    const toHead = bytes.subarray(0, half - headBytes);
    const toTail = bytes.subarray(toHead.length);
    if (toHead.length > 0) head.push(toHead);
    if (toTail.length > 0) tail.push(toTail);
    headBytes += toHead.length;
    tailBytes += toTail.length;
    while (tail.length > 1 && tailBytes - (tail[0]?.length ?? 0) >= half) tailBytes -= tail.shift()?.length ?? 0;
  }
  return Buffer.concat([...head, ...tail]).toString('utf8');
}

/** The longest line that is read, in UTF-16 units. */
export const MAX_LINE_CHARS: number = 4 * 1024 * 1024;

/** Lines of a stream of UTF-8, without their ends; `undefined` stands for a line that is too long. An empty last line is none. */
export async function* readLines(stream: AsyncIterable<Uint8Array | string>): AsyncGenerator<string | undefined> {
  const decoder = new StringDecoder('utf8');
  let parts: string[] = [];
  let chars = 0;
  let isTooLong = false;
  const add = (text: string): void => {
    chars += text.length;
    isTooLong ||= chars > MAX_LINE_CHARS;
    if (isTooLong) parts = [];
    else parts.push(text);
  };
  const take = (): string | undefined => {
    const line = isTooLong ? undefined : parts.join('').replace(/\r$/, '');
    parts = [];
    chars = 0;
    isTooLong = false;
    return line;
  };
  for await (const chunk of stream) {
    const pieces = (typeof chunk === 'string' ? chunk : decoder.write(Buffer.from(chunk))).split('\n');
    for (const piece of pieces.slice(0, -1)) {
      add(piece);
      yield take();
    }
    add(pieces.at(-1) ?? '');
  }
  add(decoder.end());
  if (chars > 0) yield take();
}
