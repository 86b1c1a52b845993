import { createHash } from 'node:crypto';
import type { AlertError, JsonValue, RedactedAlert } from '../alert.ts';
import { type StackFrame, topOwnFrame } from '../stack.ts';
import { normaliseMessage, normalisePath } from './normalise-message.ts';
import { replaceMarkers } from './redact-marker.ts';

/** The longest `pager.dedup_key` that stands in a fingerprint as it is; a longer one stands there as its hash. */
export const MAX_KEY_CHARS = 256;

/**
 * What says that two alerts are the same trouble.
 *
 * - An explicit `dedupKey` is the whole identity: `key:` and the key.
 * - With an error: service, environment, and of the root cause its type, code, normalised message and nearest own frame (function
 *   and file, no line). Wrappers around a cause count only as long as the cause has neither a code nor an own frame: a lone "timeout"
 *   says too little.
 * - Without one: service, environment, event and logger, title and message normalised, and the codes in the attributes (`error.type`, HTTP
 *   and gRPC status).
 *
 * Never part of it: instance, pid, port, version, ids, times, priority, channel. 32 hex characters where it is computed; hashing is
 * allowed because the text has been redacted. Pure; never throws; looks at a bounded part of the text.
 */
export function fingerprint(alert: RedactedAlert): string {
  const { dedupKey, origin, error } = alert;
  if (dedupKey !== undefined && dedupKey !== '') return keyFingerprint(dedupKey);
  const where = [origin.service ?? '', origin.environment ?? ''];
  return hash([...where, ...(error === undefined ? identityOfRecord(alert) : identityOfError(error, alert.message))]);
}

/** The fingerprint of everything with this explicit key. */
export function keyFingerprint(dedupKey: string): string {
  return `key:${dedupKey.length <= MAX_KEY_CHARS ? dedupKey : hash([dedupKey])}`;
}

// Of what stands in it as it is, a mark of redaction must not count either: of which kind it is may differ.
function hash(parts: readonly string[]): string {
  const text = JSON.stringify(parts.map((part) => replaceMarkers(part, '*')));
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

function identityOfError(error: AlertError, alertMessage: string): string[] {
  const chain = chainOf(error);
  const parts: string[] = ['error'];
  let frame: StackFrame | undefined;
  let isSpecific = false;
  // From the root outwards: what failed, then who wrapped it.
  for (const link of chain.reverse()) {
    frame ??= link.stack === undefined ? undefined : topOwnFrame(link.stack);
    if (!isSpecific) parts.push(...identityOfLink(link));
    isSpecific ||= frame !== undefined || codeOf(link) !== undefined;
    if (frame !== undefined) break;
  }
  // An error without any text: what was logged beside it is all there is.
  if (chain.every(({ message }) => message.trim() === '')) parts.push(normaliseMessage(alertMessage));
  if (frame !== undefined) parts.push(normalisePath(frame.functionName ?? ''), lastSegments(frame.file ?? ''));
  return parts;
}

// Beyond this a chain has come in unbounded, past a capture that should have cut it.
const MAX_LINKS = 16;

function chainOf(error: AlertError): AlertError[] {
  const chain: AlertError[] = [];
  for (let link: AlertError | undefined = error; link !== undefined && chain.length < MAX_LINKS; link = link.cause)
    chain.push(link);
  return chain;
}

function identityOfLink(link: AlertError): string[] {
  const code = codeOf(link);
  const message = normaliseMessage(link.message);
  // Some sources give the code in the place of the class name, others only in the message: it counts once, wherever it stands.
  const type = link.type === link.code ? 'Error' : link.type;
  return [type, code === undefined || message.includes(code) ? '' : code, message];
}

function codeOf(link: AlertError): string | undefined {
  return link.code === undefined || link.code === '' ? undefined : link.code;
}

/** Three segments tell files apart and are the same wherever a deploy puts the application. */
const PATH_SEGMENTS = 3;

function lastSegments(file: string): string {
  return normalisePath(
    file
      .split(/[\\/]+/)
      .slice(-PATH_SEGMENTS)
      .join('/'),
  );
}

/** Attributes whose value is a code. https://opentelemetry.io/docs/specs/semconv/registry/attributes/ */
const CODE_ATTRIBUTES = [
  'error.type',
  'http.response.status_code',
  'http.status_code',
  'rpc.response.status_code',
  'rpc.grpc.status_code',
  'db.response.status_code',
] as const;

function identityOfRecord(alert: RedactedAlert): string[] {
  const { origin, attributes } = alert;
  const codes = CODE_ATTRIBUTES.map((name) => codeText(Object.hasOwn(attributes, name) ? attributes[name] : undefined));
  return [
    'record',
    normalisePath(origin.event ?? ''),
    origin.logger ?? '',
    normaliseMessage(alert.title ?? ''),
    normaliseMessage(alert.message),
    ...codes,
  ];
}

function codeText(value: JsonValue | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 256) : '';
}
