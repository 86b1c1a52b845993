import { describe, expect, it } from 'vitest';
import { mentionsOf } from '../../src/render/mentions.ts';
import { makeOptions, mention } from './builders.ts';

const ROLE = '111111111111111111';
const USER = '222222222222222222';
const { mentions: defaults } = makeOptions();

describe('mentionsOf', () => {
  it.each([
    ['nobody', mention({}), '', { parse: [] }],
    ['everyone', mention({ everyone: true }), '@everyone', { parse: ['everyone'] }],
    ['here', mention({ here: true }), '@here', { parse: ['everyone'] }],
    ['everyone and here', mention({ everyone: true, here: true }), '@everyone', { parse: ['everyone'] }],
    ['a role', mention({ roles: [ROLE] }), `<@&${ROLE}>`, { parse: [], roles: [ROLE] }],
    ['a user', mention({ users: [USER] }), `<@${USER}>`, { parse: [], users: [USER] }],
    [
      'all of them',
      mention({ here: true, roles: [ROLE, ROLE], users: [USER] }),
      `@here <@&${ROLE}> <@${USER}>`,
      { parse: ['everyone'], roles: [ROLE], users: [USER] },
    ],
    ['what is no id', mention({ roles: ['admins'], users: ['1', `${USER}> @everyone <@1`] }), '', { parse: [] }],
  ])('asks for %s', (_, policy, text, allowed) => {
    expect(mentionsOf(['P1'], { ...defaults, P1: policy })).toEqual({ text, allowed });
  });

  it('joins the policies of all priorities', () => {
    const policies = { ...defaults, P2: mention({ roles: [ROLE] }), P3: mention({ roles: [ROLE], users: [USER] }) };
    expect(mentionsOf(['P2', 'P3', 'P3'], policies)).toEqual({
      text: `<@&${ROLE}> <@${USER}>`,
      allowed: { parse: [], roles: [ROLE], users: [USER] },
    });
  });

  it('allows only what there is room to name', () => {
    const ids = Array.from({ length: 200 }, (_, n) => String(300_000_000_000_000_000n + BigInt(n)));
    const { text, allowed } = mentionsOf(['P1'], { ...defaults, P1: mention({ roles: ids }) });
    expect(text.length).toBeLessThanOrEqual(1_000);
    expect(text.split(' ')).toEqual(allowed.roles?.map((id) => `<@&${id}>`));
    expect(allowed.roles?.length).toBeGreaterThan(40);
  });
});
