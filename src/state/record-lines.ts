import { crc32 } from 'node:zlib';

/*
 * A record is one line: the CRC-32 of its text in eight hex digits, a blank, the text, a line feed. What a write that was cut off
 * leaves behind has no line feed or another checksum, and is passed over; so is whatever else does not belong there. A batch
 * therefore begins with a line feed of its own when the one before it may have been cut.
 */

/** @param text without line feeds (JSON has none). */
export function toRecordLine(text: string): string {
  return `${crc32(text).toString(16).padStart(8, '0')} ${text}\n`;
}

export interface RecordLines {
  /** The texts that are whole, in their order. */
  readonly texts: readonly string[];
  /** Lines that are not. */
  readonly damaged: number;
}

/** Reads back what {@link toRecordLine} wrote, from whatever is left of it. */
export function readRecordLines(content: string): RecordLines {
  const texts: string[] = [];
  let damaged = 0;
  for (const line of content.split('\n')) {
    if (line === '') continue;
    const text = line.slice(9);
    if (line[8] === ' ' && line.slice(0, 8) === crc32(text).toString(16).padStart(8, '0')) texts.push(text);
    else damaged++;
  }
  return { texts, damaged };
}
