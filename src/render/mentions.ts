import type { MentionPolicy } from '../config/resolved-config.ts';
import type { Priority } from '../priority.ts';
import { MAX_MENTION_IDS, MAX_MENTION_TEXT_CHARS } from './limits.ts';
import { isSnowflake } from './links.ts';
import type { AllowedMentions } from './webhook-message.ts';

/** What a message says to ping, and what Discord is told it may ping: always the same set. */
export interface Mentions {
  /** `@everyone <@&id> <@id>`; empty when nobody is pinged. Only in `content` does it take effect. */
  readonly text: string;
  readonly allowed: AllowedMentions;
}

/** Pings nobody. A new object each time, because messages are mutable. */
export function noMentions(): Mentions {
  return { text: '', allowed: { parse: [] } };
}

/**
 * The union of what the policies of these priorities ask for. Ids that are none are ignored; at most 100 roles and 100 users, as
 * many as fit into 1,000 characters of text. `@everyone` includes `@here`.
 *
 * @see https://discord.com/developers/docs/resources/message#allowed-mentions-object
 */
export function mentionsOf(
  priorities: Iterable<Priority>,
  policies: Readonly<Record<Priority, MentionPolicy>>,
): Mentions {
  const asked = [...new Set(priorities)].map((priority) => policies[priority]);
  const words: string[] = [];
  if (asked.some(({ everyone }) => everyone)) words.push('@everyone');
  else if (asked.some(({ here }) => here)) words.push('@here');
  const allowed: AllowedMentions = { parse: words.length > 0 ? ['everyone'] : [] };

  let chars = words.join(' ').length;
  const take = (ids: readonly string[], toText: (id: string) => string): string[] => {
    const taken: string[] = [];
    for (const id of new Set(ids)) {
      const text = toText(id);
      if (!isSnowflake(id) || taken.length >= MAX_MENTION_IDS || chars + text.length + 1 > MAX_MENTION_TEXT_CHARS)
        continue;
      taken.push(id);
      words.push(text);
      chars += text.length + 1;
    }
    return taken;
  };
  const roles = take(
    asked.flatMap((policy) => policy.roles),
    (id) => `<@&${id}>`,
  );
  const users = take(
    asked.flatMap((policy) => policy.users),
    (id) => `<@${id}>`,
  );
  if (roles.length > 0) allowed.roles = roles;
  if (users.length > 0) allowed.users = users;
  return { text: words.join(' '), allowed };
}
