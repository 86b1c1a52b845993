import type { JsonObject } from './json.ts';

/** One complaint about one field. */
interface FieldError {
  readonly code: string;
  readonly message: string;
}

/** Where a complaint belongs: object keys and array indices. */
export type FieldPath = readonly (string | number)[];

/** Discord's nested tree of complaints: keys and indices lead to `_errors`. */
export interface ErrorTree {
  _errors?: FieldError[];
  [key: string]: ErrorTree | FieldError[] | undefined;
}

/**
 * Complaints about a request body, collected so that all of them are answered at once.
 *
 * @see https://discord.com/developers/docs/reference#error-messages
 */
export class FormErrors {
  readonly tree: ErrorTree = {};
  #count = 0;

  add(path: FieldPath, code: string, message: string): void {
    let node: ErrorTree = this.tree;
    for (const step of path) {
      const key = String(step);
      const child = Object.hasOwn(node, key) ? node[key] : undefined;
      if (child === undefined || Array.isArray(child)) {
        const fresh: ErrorTree = {};
        // A plain assignment of the key `__proto__` would set the prototype instead of a member.
        Object.defineProperty(node, key, { value: fresh, enumerable: true, writable: true, configurable: true });
        node = fresh;
      } else {
        node = child;
      }
    }
    node._errors = [...(node._errors ?? []), { code, message }];
    this.#count++;
  }

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  /** @throws {ApiError} 400/50035 with every complaint, when there is one. */
  throwIfAny(): void {
    if (!this.isEmpty) throw new ApiError(400, 50035, 'Invalid Form Body', this.tree);
  }
}

/** An answer that refuses: HTTP status, Discord's own code, its text and, for form bodies, the tree of complaints. */
export class ApiError extends Error {
  readonly status: number;
  readonly apiCode: number;
  readonly errors: ErrorTree | undefined;

  constructor(status: number, apiCode: number, message: string, errors?: ErrorTree) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.apiCode = apiCode;
    this.errors = errors;
  }
}

/**
 * Refusals by name: HTTP status, code, text.
 *
 * Codes: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json; the documentation lists them without the HTTP
 * status, which comes from reports.
 */
const REFUSALS = {
  not_found: [404, 0, '404: Not Found'],
  method_not_allowed: [405, 0, '405: Method Not Allowed'],
  unauthorized: [401, 0, '401: Unauthorized'],
  internal_error: [500, 0, '500: Internal Server Error'],
  unknown_channel: [404, 10003, 'Unknown Channel'],
  unknown_guild: [404, 10004, 'Unknown Guild'],
  unknown_message: [404, 10008, 'Unknown Message'],
  unknown_webhook: [404, 10015, 'Unknown Webhook'],
  unknown_tag: [400, 10087, 'Unknown Tag'],
  too_many_webhooks: [400, 30007, 'Maximum number of webhooks reached (15)'],
  too_many_channels: [400, 30013, 'Maximum number of server channels reached (500)'],
  too_many_attachments: [400, 30015, 'Maximum number of attachments in a message reached (10)'],
  too_many_guild_webhooks: [400, 30058, 'Maximum number of webhooks per server reached (1000)'],
  too_many_overwrites: [400, 30060, 'Maximum number of channel permission overwrites reached (1000)'],
  entity_too_large: [413, 40005, 'Request entity too large'],
  tag_required: [400, 40067, 'A tag is required to create a forum post in this channel'],
  missing_access: [403, 50001, 'Missing Access'],
  empty_message: [400, 50006, 'Cannot send an empty message'],
  missing_permissions: [403, 50013, 'Missing Permissions'],
  wrong_channel_type: [400, 50024, 'Cannot execute action on this channel type'],
  invalid_webhook_token: [401, 50027, 'Invalid Webhook Token'],
  invalid_form_body: [400, 50035, 'Invalid Form Body'],
  invalid_api_version: [400, 50041, 'Invalid API version'],
  thread_archived: [400, 50083, 'Thread is archived'],
  invalid_json: [400, 50109, 'The request body contains invalid JSON.'],
  thread_exists: [400, 160004, 'A thread has already been created for this message'],
  thread_locked: [400, 160005, 'Thread is locked'],
  automod_blocked: [400, 200000, 'Message was blocked by automatic moderation'],
  thread_id_or_name_required: [400, 220001, 'Webhooks posted to forum channels must have a thread_name or thread_id'],
  thread_id_and_name: [400, 220002, 'Webhooks posted to forum channels cannot have both a thread_name and thread_id'],
  not_a_forum: [400, 220003, 'Webhooks can only create threads in forum channels'],
  service_in_forum: [400, 220004, 'Webhook services cannot be used in forum channels'],
  harmful_link: [400, 240000, 'Message blocked by harmful links filter'],
} as const;

export type Refusal = keyof typeof REFUSALS;

/** The error to throw for a named refusal. */
export function refuse(refusal: Refusal): ApiError {
  const [status, code, message] = REFUSALS[refusal];
  return new ApiError(status, code, message);
}

/**
 * The body of a refusal. `flat` gives the form of API v6 and v7: the fields at the top with a list of texts, no code, and under a
 * nested field only the keys of what is wrong below it (`{"embeds":["0"]}`).
 */
export function errorBody(error: ApiError, flat: boolean): JsonObject {
  if (error.errors === undefined) return { message: error.message, code: error.apiCode };
  if (!flat) return { message: error.message, code: error.apiCode, errors: error.errors };
  const body: JsonObject = {};
  for (const [key, node] of Object.entries(error.errors)) {
    if (key === '_errors') body['_misc'] = (node as FieldError[]).map((one) => one.message);
    else body[key] = flatten(node as ErrorTree);
  }
  return body;
}

function flatten(node: ErrorTree): string[] {
  const own = (node._errors ?? []).map((one) => one.message);
  return own.length > 0 ? own : Object.keys(node);
}
