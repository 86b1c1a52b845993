import type { Finding, Reading } from './finding.ts';
import type { MentionPolicy } from './resolved-config.ts';
import { describeFound } from './shown-value.ts';

/** Nobody is pinged. */
export const NO_MENTION: MentionPolicy = { everyone: false, here: false, roles: [], users: [] };

/** The most roles and users together: each takes up to 24 of a message's 2,000 characters. */
export const MAX_MENTIONS = 20;

/** What a mention may be. */
export const MENTION_SYNTAX = '@everyone, @here, role:<id>, user:<id> (comma list), or none';

/**
 * Reads who is to be pinged: a comma list of `@everyone`, `@here`, `role:<id>` and `user:<id>`, or `none` alone. `<@&id>` and
 * `<@id>`, as Discord copies them, are understood too. Entries that are wrong are listed and left out; where none is right there
 * is no value.
 */
export function readMention(text: string): Reading<MentionPolicy> {
  const findings: Finding[] = [];
  const roles = new Set<string>();
  const users = new Set<string>();
  let everyone = false;
  let here = false;
  let none = false;
  const parts = text.split(',', MAX_MENTIONS * 4).map((part) => part.trim().toLowerCase());
  for (const part of parts) {
    // Ids are snowflakes: https://discord.com/developers/docs/reference#snowflakes
    const id = /^(?:(role|user):|<@(&?))(\d{17,20})>?$/.exec(part);
    if (part === '@everyone' || part === 'everyone') everyone = true;
    else if (part === '@here' || part === 'here') here = true;
    else if (part === 'none') none = true;
    else if (id?.[3] !== undefined) (id[1] === 'role' || id[2] === '&' ? roles : users).add(id[3]);
    else findings.push(badEntry(part));
  }
  const named = everyone || here || roles.size + users.size > 0;
  if (none && named) {
    findings.push({
      found: '"none" beside others',
      expected: MENTION_SYNTAX,
      remedy: 'Remove "none", or everything else.',
    });
  }
  if (roles.size + users.size > MAX_MENTIONS) {
    findings.push({
      found: `${roles.size + users.size} roles and users`,
      expected: `at most ${MAX_MENTIONS}`,
      remedy: 'Use a role that holds them all; the first ones are taken.',
    });
  }
  if (!named && !none) return { findings };
  const policy: MentionPolicy = {
    everyone,
    here,
    roles: [...roles].slice(0, MAX_MENTIONS),
    users: [...users].slice(0, Math.max(0, MAX_MENTIONS - roles.size)),
  };
  return { value: policy, findings };
}

function badEntry(part: string): Finding {
  const isName = /^(?:role|user):/.test(part);
  return {
    found: describeFound(part),
    expected: MENTION_SYNTAX,
    remedy: isName
      ? 'Use the id, a number of 17 to 20 digits: Discord shows it under "Copy ID" in developer mode.'
      : 'Write role:<id> or user:<id>.',
  };
}
