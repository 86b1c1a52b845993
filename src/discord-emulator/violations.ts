import type { EmulatedMessage } from './message-store.ts';
import type { LoggedRequest } from './request-log.ts';

/** What a good client never does. */
export type ViolationRule =
  | 'inside_told_wait'
  | 'ran_into_limit'
  | 'edge_block_ignored'
  | 'hot_loop'
  | 'after_gone'
  | 'refused_payload'
  | 'user_agent_refused'
  | 'old_api_version'
  | 'allowed_mentions_missing'
  | 'mention_removed_by_edit'
  | 'components_dropped'
  | 'embeds_collapse';

/** One break of a rule, in words a person can act on. */
export interface Violation {
  readonly rule: ViolationRule;
  readonly atMs: number;
  /** `seq` of the request. */
  readonly request: number;
  readonly text: string;
}

/**
 * Everything in the log that a good client would not have done, in order of arrival. What a scripted fault answered is nobody's
 * mistake; how the client went on after it may be.
 */
export function findViolations(requests: readonly LoggedRequest[], messages: readonly EmulatedMessage[]): Violation[] {
  const found = requests.flatMap((request) => violationsOf(request));
  for (const message of messages) {
    for (const [i, state] of [...message.versions, message].entries()) {
      const urls = state.embeds.map((embed) => embed.url).filter((url) => url !== undefined);
      if (new Set(urls).size === urls.length) continue;
      found.push({
        rule: 'embeds_collapse',
        atMs: state.editedAtMs ?? message.createdAtMs,
        request: message.requests[i] ?? 0,
        text: `Message ${message.id} has embeds with the same URL, which Discord shows as one.`,
      });
    }
  }
  return found.sort((a, b) => a.request - b.request);
}

function violationsOf(request: LoggedRequest): Violation[] {
  const found: Violation[] = [];
  const what = `${request.method} ${request.route}`;
  const add = (rule: ViolationRule, text: string): void => {
    found.push({ rule, atMs: request.atMs, request: request.seq, text });
  };
  const wait = request.toldWait;
  if (wait !== undefined) {
    const left = Math.ceil(wait.untilMs - request.atMs);
    add('inside_told_wait', `${what} came ${left} ms before the end of the wait told for the ${wait.limit} limit.`);
  }
  if (request.status === 429 && request.limit !== 'fault' && request.limit !== 'edge' && !isScripted(request)) {
    add('ran_into_limit', `${what} was refused by the ${request.limit} limit.`);
  }
  if (request.insideEdgeBlock)
    add('edge_block_ignored', `${what} came within a minute of an answer that said blocked.`);
  if (request.hotLoop) add('hot_loop', `${what} is one of several calls that followed a 429 without a pause.`);
  if (request.afterGone) add('after_gone', `${what} went to a webhook that had been answered as gone.`);
  if (request.userAgent === undefined || request.status === 403) {
    const refused = typeof request.error === 'string' && request.error.includes('1010');
    const named = isRecord(request.error) && request.error['code'] === 40333;
    if ((refused || named) && !isScripted(request)) {
      add('user_agent_refused', `${what} has a User-Agent that Discord refuses: ${request.userAgent ?? 'none'}.`);
    }
  }
  if (isRefusedPayload(request)) {
    add('refused_payload', `${what} was refused: ${JSON.stringify(request.error)}`);
  }
  if (request.kind !== undefined && (request.apiVersion === undefined || request.apiVersion < 10)) {
    const version = request.apiVersion === undefined ? 'no API version, which means v6' : `API v${request.apiVersion}`;
    add('old_api_version', `${what} names ${version}.`);
  }
  const writes = request.kind === 'webhook_execute' || request.kind === 'message_edit';
  const accepted = request.status !== undefined && request.status < 300;
  if (writes && accepted && !(isRecord(request.body) && isRecord(request.body['allowed_mentions']))) {
    const consequence = request.pinged ? ' and mentioned somebody by default' : '';
    add('allowed_mentions_missing', `${what} says nothing about allowed_mentions${consequence}.`);
  }
  if (request.mentionRemoved) add('mention_removed_by_edit', `${what} took away a mention that stood in the message.`);
  if (request.componentsDropped && accepted) {
    add('components_dropped', `${what} sends components without with_components=true; they are dropped.`);
  }
  return found;
}

/** 400 and 413 are about what was sent, unless a test asked for them. */
function isRefusedPayload(request: LoggedRequest): boolean {
  return (request.status === 400 || request.status === 413 || request.status === 405) && !isScripted(request);
}

function isScripted(request: LoggedRequest): boolean {
  return request.faults.some(
    (kind) =>
      kind === 'rate_limited' ||
      kind === 'old_edit' ||
      kind === 'api_error' ||
      kind === 'automod' ||
      kind === 'edge_ban' ||
      kind === 'user_agent_block',
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
