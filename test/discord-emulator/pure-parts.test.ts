import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codePoints, tidyText } from '../../src/discord-emulator/json.ts';
import { findMentions, type MentionRights } from '../../src/discord-emulator/mentions.ts';
import { createRandom, randomToken } from '../../src/discord-emulator/random.ts';
import { maskPath, matchRoute, splitApiPath } from '../../src/discord-emulator/routes.ts';
import { createSnowflakes, snowflakeTimeMs } from '../../src/discord-emulator/snowflake.ts';

const ANYBODY: MentionRights = { everyone: true, roles: 'all' };

describe('mentions', () => {
  const text = '@everyone <@&222> <@333> <@!444>';
  test.each([
    ['by default users only', undefined, { everyone: false, roles: [], users: ['333', '444'] }],
    ['null is the default', null, { everyone: false, roles: [], users: ['333', '444'] }],
    ['nothing', { parse: [] }, { everyone: false, roles: [], users: [] }],
    [
      'an object without parse allows only what it lists',
      { users: ['333'] },
      { everyone: false, roles: [], users: ['333'] },
    ],
    ['everyone', { parse: ['everyone'] }, { everyone: true, roles: [], users: [] }],
    ['one role, listed', { parse: [], roles: ['222', '999'] }, { everyone: false, roles: ['222'], users: [] }],
    ['all', { parse: ['everyone', 'roles', 'users'] }, { everyone: true, roles: ['222'], users: ['333', '444'] }],
  ])('%s', (_what, allowed, mentions) => {
    expect(findMentions([text], allowed, ANYBODY)).toEqual(mentions);
  });

  test('@here is covered by everyone; a broken one is not a mention', () => {
    const allowed = { parse: ['everyone'] };
    expect(findMentions(['@here'], allowed, ANYBODY).everyone).toBe(true);
    expect(findMentions(['@\u200bhere'], allowed, ANYBODY).everyone).toBe(false);
  });

  test('without the right to mention everyone, only mentionable roles', () => {
    const rights: MentionRights = { everyone: false, roles: ['222'] };
    const allowed = { parse: ['everyone', 'roles'] };
    expect(findMentions(['@everyone <@&222> <@&555>'], allowed, rights)).toEqual({
      everyone: false,
      roles: ['222'],
      users: [],
    });
  });
});

describe('text', () => {
  test.each([
    ['', 0],
    ['abc', 3],
    ['🔥', 1],
    ['👨‍👩‍👧', 5],
    ['\ud83d', 1],
    ['\udd25\ud83d', 2],
  ])('%j has %d code points', (text, count) => {
    expect(codePoints(text)).toBe(count);
  });

  test('counts as iterating would, for any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => codePoints(text) === [...text].length));
  });

  test('lone surrogates are stripped, pairs kept', () => {
    expect(tidyText(' a\ud83d🔥\udd25b ')).toBe('a🔥b');
  });
});

describe('snowflakes', () => {
  test('17 digits or more, rising, and time-based, whatever the clock does', () => {
    const ids = createSnowflakes();
    const times = [0, 1_767_323_045_678, 1_767_323_045_678, 5, 1_767_323_045_680];
    const made = times.map((at) => ids.next(at));
    for (const id of made) expect(id).toMatch(/^\d{17,19}$/);
    for (let i = 1; i < made.length; i++) expect(BigInt(made[i] ?? 0)).toBeGreaterThan(BigInt(made[i - 1] ?? 0));
    expect(snowflakeTimeMs(made[1] ?? '')).toBe(1_767_323_045_678);
    expect(snowflakeTimeMs(made[4] ?? '')).toBe(1_767_323_045_680);
  });

  test('more ids in a millisecond than fit go over into the next', () => {
    const ids = createSnowflakes();
    const made = Array.from({ length: 10_000 }, () => ids.next(1_767_323_045_678));
    expect(new Set(made).size).toBe(10_000);
    expect(snowflakeTimeMs(made.at(-1) ?? '') - 1_767_323_045_678).toBe(2);
  });
});

test('tokens look like Discord’s and follow the seed', () => {
  const token = randomToken(createRandom(7));
  expect(token).toMatch(/^[A-Za-z0-9_-]{68}$/);
  expect(randomToken(createRandom(7))).toBe(token);
  expect(randomToken(createRandom(8))).not.toBe(token);
});

describe('routes', () => {
  test.each([
    ['/api/webhooks/1/t', undefined, 'webhooks/1/t'],
    ['/api/v10/webhooks/1/t', 10, 'webhooks/1/t'],
    ['/api/v10', 10, ''],
    ['/apiary', undefined, undefined],
    ['/_emu/messages', undefined, undefined],
  ])('%s', (pathname, version, path) => {
    expect(splitApiPath(pathname)).toEqual({ version, path });
  });

  test.each([
    ['POST', 'webhooks/1/t', 'webhook_execute'],
    ['POST', 'webhooks/1/t/', 'webhook_execute'],
    ['POST', 'webhooks/1/t/slack', 'webhook_slack'],
    ['PATCH', 'webhooks/1/t/messages/2', 'message_edit'],
    ['GET', 'users/@me', 'bot_me'],
    ['PUT', 'channels/1/messages/pins/2', 'bot_pin'],
    ['PUT', 'webhooks/1/t', 'method_not_allowed'],
    ['GET', 'webhooks/1/t/slack', 'method_not_allowed'],
    ['GET', 'webhooks/1/t/messages', 'not_found'],
    ['GET', 'webhooks//t', 'not_found'],
    ['GET', '', 'not_found'],
  ])('%s %s → %s', (method, path, kind) => {
    expect(matchRoute(method, path).kind).toBe(kind);
  });

  test('an id that is none is named', () => {
    expect(matchRoute('GET', 'webhooks/abc/t')).toMatchObject({ badId: 'webhook_id' });
    expect(matchRoute('GET', 'webhooks/1/t/messages/@original')).toMatchObject({ badId: 'message_id' });
  });

  test.each([
    ['/api/v10/webhooks/1/secret', '/api/v10/webhooks/1/***'],
    ['/api/webhooks/1/secret/messages/2', '/api/webhooks/1/***/messages/2'],
    ['/other/webhooks/x/secret', '/other/webhooks/x/***'],
  ])('%s is logged as %s', (path, masked) => {
    expect(maskPath(path)).toBe(masked);
  });
});
