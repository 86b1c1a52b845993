import type { TextRedactor } from './redact-text.ts';

/** Longer byte sequences are withheld: nothing that size is read in an alert. */
const MAX_BYTES = 1_048_576;
/** A list of numbers shorter than this holds no secret. */
const MIN_LISTED_BYTES = 8;

/**
 * A copy of a byte array, typed array, DataView or ArrayBuffer, of the same type. Where its bytes hold a secret, what reads as
 * text is redacted (its length then changes), anything else is filled with zeros.
 */
export function redactBytes(source: ArrayBufferView | ArrayBufferLike, text: TextRedactor): unknown {
  const bytes = ArrayBuffer.isView(source)
    ? Buffer.from(source.buffer, source.byteOffset, source.byteLength)
    : Buffer.from(source);
  const clean = redactBuffer(bytes, text);
  if (Buffer.isBuffer(source)) return Buffer.from(clean ?? bytes);
  if (source instanceof Uint8Array) return Uint8Array.from(clean ?? bytes);
  const copy = new ArrayBuffer(bytes.length);
  if (clean === undefined) new Uint8Array(copy).set(bytes);
  if (!ArrayBuffer.isView(source)) return copy;
  if (source instanceof DataView) return new DataView(copy);
  const View = VIEWS.find((candidate) => source instanceof candidate) ?? Uint8Array;
  return new View(copy);
}

const VIEWS = [
  Int8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
] as const;

/** The redacted bytes, or undefined when there is nothing to redact. Latin-1 keeps every byte that is not part of a secret. */
function redactBuffer(bytes: Buffer, text: TextRedactor): Buffer | undefined {
  if (bytes.length > MAX_BYTES) return Buffer.alloc(0);
  const raw = bytes.toString('latin1');
  const utf8 = bytes.toString('utf8');
  if (!text.holdsSecret(raw, 'text') && !text.holdsSecret(utf8, 'text')) return undefined;
  return utf8.includes('\ufffd') ? Buffer.from(text.redact(raw), 'latin1') : Buffer.from(text.redact(utf8), 'utf8');
}

/**
 * True for a list of numbers that are the bytes of a text with a secret: how JSON shows a buffer, and how OTLP bodies carry
 * bytes.
 */
export function isSecretByteList(list: readonly unknown[], text: TextRedactor): boolean {
  if (list.length < MIN_LISTED_BYTES || list.length > MAX_BYTES) return false;
  for (const item of list) {
    if (typeof item !== 'number' || !Number.isInteger(item) || item < 0 || item > 255) return false;
  }
  return text.holdsSecret(Buffer.from(list as number[]).toString('utf8'), 'text');
}
