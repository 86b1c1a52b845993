import { ApiError, FormErrors, refuse } from './error-bodies.ts';
import { isJsonObject, type JsonObject } from './json.ts';
import { LIMITS } from './validation-limits.ts';

/** A file of a multipart request. */
interface UploadedFile {
  /** The `n` of `files[n]`, to which `attachments[].id` refers. */
  readonly index: number;
  readonly filename: string;
  readonly contentType: string;
  readonly bytes: Buffer;
}

/** The body of a request, parsed but not validated. */
export interface ParsedBody {
  readonly payload: JsonObject;
  readonly files: readonly UploadedFile[];
}

const EMPTY: ParsedBody = { payload: {}, files: [] };

/**
 * Reads JSON, a form or multipart.
 *
 * @throws {ApiError} 400/50035 for another or no content type, 400/50109 for text that is no JSON, 413/40005 for a file over
 * `fileLimitBytes`, 400/30015 for more than ten files.
 * @see https://discord.com/developers/docs/reference#uploading-files
 */
export async function parseBody(
  bytes: Buffer,
  contentType: string | undefined,
  fileLimitBytes: number,
): Promise<ParsedBody> {
  if (bytes.length === 0) return EMPTY;
  const kind = (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (kind === 'application/json') return { payload: parseJsonObject(bytes.toString('utf8')), files: [] };
  if (kind !== 'multipart/form-data' && kind !== 'application/x-www-form-urlencoded') throw wrongContentType();
  let form: FormData;
  try {
    form = await new Response(bytes, { headers: { 'content-type': contentType ?? '' } }).formData();
  } catch {
    throw refuse('invalid_form_body');
  }
  const files: UploadedFile[] = [];
  let payload: JsonObject = {};
  for (const [name, part] of form) {
    if (name === 'payload_json' || name === 'payload') {
      payload = { ...payload, ...parseJsonObject(typeof part === 'string' ? part : await part.text()) };
    } else if (typeof part === 'string') {
      payload[name] = part;
    } else {
      const index = /^files\[(\d{1,3})\]$/.exec(name)?.[1];
      files.push({
        index: index === undefined ? files.length : Number(index),
        filename: part.name,
        contentType: part.type === '' ? 'application/octet-stream' : part.type,
        bytes: Buffer.from(await part.arrayBuffer()),
      });
    }
  }
  if (files.some((file) => file.bytes.length > fileLimitBytes)) throw refuse('entity_too_large');
  if (files.length > LIMITS.attachments) throw refuse('too_many_attachments');
  return { payload, files };
}

function parseJsonObject(text: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw refuse('invalid_json');
  }
  if (isJsonObject(value)) return value;
  const errors = new FormErrors();
  errors.add([], 'DICT_TYPE_CONVERT', 'Only dictionaries may be used in a DictType.');
  throw new ApiError(400, 50035, 'Invalid Form Body', errors.tree);
}

function wrongContentType(): ApiError {
  const errors = new FormErrors();
  errors.add(
    [],
    'CONTENT_TYPE_INVALID',
    'Expected "Content-Type" header to be one of ' +
      "{'application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'}.",
  );
  return new ApiError(400, 50035, 'Invalid Form Body', errors.tree);
}
