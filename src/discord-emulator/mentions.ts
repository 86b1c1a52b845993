import { isJsonObject } from './json.ts';

/** Who a text really mentions, after `allowed_mentions` and the permissions of the sender. */
export interface Mentions {
  readonly everyone: boolean;
  readonly roles: readonly string[];
  readonly users: readonly string[];
}

/** What a sender may mention whatever the request allows. */
export interface MentionRights {
  readonly everyone: boolean;
  /** Roles that may be mentioned without the right to mention everyone. */
  readonly roles: readonly string[] | 'all';
}

/**
 * Mentions in the texts, as far as the request allows them. Without `allowed_mentions` a webhook parses users only; a listed id
 * that does not stand in a text is ignored. One allowance covers `@everyone` and `@here`. Embeds never get here: what stands in
 * them notifies nobody. A mention inside a code block counts too, which is the cautious reading.
 *
 * @see https://discord.com/developers/docs/resources/message#allowed-mentions-object
 */
export function findMentions(texts: readonly string[], allowed: unknown, rights: MentionRights): Mentions {
  const text = texts.join('\n');
  const policy = isJsonObject(allowed) ? allowed : { parse: ['users'] };
  const parse: readonly unknown[] = Array.isArray(policy['parse']) ? policy['parse'] : [];
  const users = allows(parse.includes('users'), policy['users']);
  const roles = allows(parse.includes('roles'), policy['roles']);
  return {
    everyone: parse.includes('everyone') && rights.everyone && /@(?:everyone|here)/.test(text),
    roles: idsIn(text, /<@&(\d{1,20})>/g).filter(
      (id) => roles(id) && (rights.everyone || rights.roles === 'all' || rights.roles.includes(id)),
    ),
    users: idsIn(text, /<@!?(\d{1,20})>/g).filter(users),
  };
}

/** True when at least somebody is mentioned. */
export function mentionsAnybody(mentions: Mentions): boolean {
  return mentions.everyone || mentions.roles.length > 0 || mentions.users.length > 0;
}

function allows(all: boolean, listed: unknown): (id: string) => boolean {
  const ids = new Set(Array.isArray(listed) ? listed.map(String) : []);
  return (id) => all || ids.has(id);
}

function idsIn(text: string, pattern: RegExp): string[] {
  return [...new Set(Array.from(text.matchAll(pattern), (match) => match[1] ?? ''))];
}
