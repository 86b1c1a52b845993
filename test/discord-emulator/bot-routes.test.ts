import type { APIGuildTextChannel, APIWebhook, GuildTextChannelType } from 'discord-api-types/v10';
import { ChannelType, PermissionFlagsBits } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PERMISSION_BITS } from '../../src/discord-emulator/permissions.ts';
import { type BotPermission, type DiscordEmulator, startDiscordEmulator } from '../../src/testing.ts';
import { type Answer, call, v10 } from './calls.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';

let clock: ManualClock;
let discord: DiscordEmulator;

async function start(permissions?: readonly BotPermission[]): Promise<void> {
  await discord?.close();
  clock = createManualClock();
  discord = await startDiscordEmulator({ clock, bot: { token: 'bot-token', permissions }, globalLimit: 'off' });
}

beforeEach(() => start());
afterEach(() => discord.close());

const bot = (method: string, path: string, body?: unknown): Promise<Answer> =>
  call(method, `${discord.apiBaseUrl}${path}`, body, { authorization: 'Bot bot-token' });

async function created(body: unknown): Promise<APIGuildTextChannel<GuildTextChannelType>> {
  const answer = await bot('POST', `/guilds/${discord.guildId}/channels`, body);
  expect(answer.status).toBe(201);
  return answer.body;
}

async function postedTo(channel: string): Promise<string> {
  const url = v10(discord.webhookUrl(channel));
  return (await call('POST', `${url}?wait=true`, { content: 'x' })).body.id;
}

test('the permission bits are Discord’s', () => {
  const theirs = {
    MANAGE_CHANNELS: PermissionFlagsBits.ManageChannels,
    VIEW_CHANNEL: PermissionFlagsBits.ViewChannel,
    READ_MESSAGE_HISTORY: PermissionFlagsBits.ReadMessageHistory,
    MENTION_EVERYONE: PermissionFlagsBits.MentionEveryone,
    MANAGE_WEBHOOKS: PermissionFlagsBits.ManageWebhooks,
    MANAGE_THREADS: PermissionFlagsBits.ManageThreads,
    CREATE_PUBLIC_THREADS: PermissionFlagsBits.CreatePublicThreads,
    PIN_MESSAGES: PermissionFlagsBits.PinMessages,
  };
  expect(PERMISSION_BITS).toEqual(theirs);
});

test('only the right token is let in', async () => {
  expect((await bot('GET', '/users/@me')).body).toMatchObject({ id: discord.botUserId, bot: true });
  for (const authorization of ['Bot other', 'bot-token', 'Bearer bot-token']) {
    const answer = await call('GET', `${discord.apiBaseUrl}/users/@me`, undefined, { authorization });
    expect([answer.status, answer.body]).toEqual([401, { message: '401: Unauthorized', code: 0 }]);
  }
});

describe('channels', () => {
  test('are created, normalised, listed and renamed', async () => {
    const channel = await created({ name: 'Alerts Prod', topic: 'pages', type: ChannelType.GuildText });
    expect(channel).toMatchObject({ name: 'alerts-prod', topic: 'pages', type: 0, guild_id: discord.guildId });
    expect((await bot('GET', `/guilds/${discord.guildId}/channels`)).body).toMatchObject([{ id: channel.id }]);
    const renamed = await bot('PATCH', `/channels/${channel.id}`, { name: 'pages' });
    expect([renamed.status, renamed.body.name, renamed.body.topic]).toEqual([200, 'pages', 'pages']);
    expect(discord.channelId('pages')).toBe(channel.id);
  });

  test('renaming is limited to twice in ten minutes; other changes are not', async () => {
    const { id } = await created({ name: 'a' });
    const rename = (name: string): Promise<Answer> => bot('PATCH', `/channels/${id}`, { name });
    expect([(await rename('b')).status, (await rename('c')).status]).toEqual([200, 200]);
    const refused = await rename('d');
    expect([refused.status, refused.body.retry_after]).toEqual([429, 600]);
    expect((await bot('PATCH', `/channels/${id}`, { rate_limit_per_user: 5 })).status).toBe(200);
    clock.advance(600_000);
    expect((await rename('d')).status).toBe(200);
  });

  test.each([
    ['no name', {}, 'name', 'BASE_TYPE_REQUIRED'],
    ['a name of 101', { name: 'x'.repeat(101) }, 'name', 'BASE_TYPE_BAD_LENGTH'],
    ['a topic of 1025', { name: 'a', topic: 'x'.repeat(1_025) }, 'topic', 'BASE_TYPE_MAX_LENGTH'],
    ['an unknown type', { name: 'a', type: 99 }, 'type', 'BASE_TYPE_CHOICES'],
    [
      'a parent that is no category',
      { name: 'a', parent_id: '123456789012345678' },
      'parent_id',
      'CHANNEL_PARENT_INVALID',
    ],
    ['too slow a mode', { name: 'a', rate_limit_per_user: 21_601 }, 'rate_limit_per_user', 'NUMBER_TYPE_MAX'],
  ])('refuses %s', async (_what, body, field, code) => {
    const answer = await bot('POST', `/guilds/${discord.guildId}/channels`, body);
    expect(answer.body.errors[field]._errors[0].code).toBe(code);
  });

  test('a category holds channels', async () => {
    const category = await created({ name: 'Ops', type: ChannelType.GuildCategory });
    expect(category.name).toBe('Ops');
    expect((await created({ name: 'a', parent_id: category.id })).parent_id).toBe(category.id);
  });

  test('500 are the most', async () => {
    for (let i = 0; i < 500; i++) discord.channelId(`c${i}`);
    expect((await bot('POST', `/guilds/${discord.guildId}/channels`, { name: 'a' })).body.code).toBe(30013);
  });

  test('an unknown guild or channel', async () => {
    expect((await bot('GET', '/guilds/123456789012345678/channels')).body.code).toBe(10004);
    expect((await bot('GET', '/channels/123456789012345678/webhooks')).body.code).toBe(10003);
  });
});

describe('webhooks', () => {
  test('are created with token and URL, found again, and work', async () => {
    const { id } = await created({ name: 'alerts' });
    const answer = await bot('POST', `/channels/${id}/webhooks`, { name: 'Ops Pager' });
    const hook: APIWebhook = answer.body;
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-ratelimit-limit')).toBeNull();
    expect(hook.token).toMatch(/^[A-Za-z0-9_-]{68}$/);
    expect((await bot('GET', `/channels/${id}/webhooks`)).body).toEqual([hook]);
    expect((await bot('GET', `/guilds/${discord.guildId}/webhooks`)).body).toEqual([hook]);
    expect((await call('POST', v10(hook.url ?? ''), { content: 'x' })).status).toBe(204);
    expect(discord.messages('alerts')[0]).toMatchObject({ username: 'Ops Pager' });
  });

  test('are renamed, moved and deleted', async () => {
    const from = await created({ name: 'a' });
    const to = await created({ name: 'b' });
    const { body: hook } = await bot('POST', `/channels/${from.id}/webhooks`, { name: 'Pager' });
    const moved = await bot('PATCH', `/webhooks/${hook.id}`, { name: 'Other', channel_id: to.id });
    expect(moved.body).toMatchObject({ name: 'Other', channel_id: to.id });
    await call('POST', v10(hook.url), { content: 'x' });
    expect(discord.messages('b')).toHaveLength(1);
    expect((await bot('DELETE', `/webhooks/${hook.id}`)).status).toBe(204);
    expect((await bot('GET', `/webhooks/${hook.id}`)).body.code).toBe(10015);
  });

  test('are listed for their channel only, and not once they are gone', async () => {
    discord.webhookUrl('a');
    discord.webhookUrl('b');
    const names = async (path: string): Promise<string[]> =>
      (await bot('GET', path)).body.map((hook: APIWebhook) => hook.channel_id);
    const [a, b] = [discord.channelId('a'), discord.channelId('b')];
    expect(await names(`/guilds/${discord.guildId}/webhooks`)).toEqual([a, b]);
    expect(await names(`/channels/${a}/webhooks`)).toEqual([a]);
    discord.fault({ kind: 'delete_webhook', channel: 'a' });
    expect(await names(`/guilds/${discord.guildId}/webhooks`)).toEqual([b]);
    expect(await names(`/channels/${a}/webhooks`)).toEqual([]);
  });

  test('15 in a channel are the most; names have their rules', async () => {
    const { id } = await created({ name: 'a' });
    const create = (name?: string): Promise<Answer> => bot('POST', `/channels/${id}/webhooks`, { name });
    expect((await create('Discord Pager')).body.errors.name._errors[0].code).toBe('USERNAME_INVALID_CONTAINS');
    expect((await create()).body.errors.name._errors[0].code).toBe('BASE_TYPE_REQUIRED');
    for (let i = 0; i < 15; i++) expect((await create(`p${i}`)).status).toBe(200);
    expect([(await create('p16')).status, (await create('p16')).body.code]).toEqual([400, 30007]);
  });
});

describe('threads and pins', () => {
  test('the thread of a message has its id, once', async () => {
    const message = await postedTo('alerts');
    const path = `/channels/${discord.channelId('alerts')}/messages/${message}/threads`;
    const answer = await bot('POST', path, { name: 'post-mortem', auto_archive_duration: 1440 });
    expect([answer.status, answer.body.id, answer.body.type]).toEqual([201, message, ChannelType.PublicThread]);
    expect((await bot('POST', path, { name: 'again' })).body.code).toBe(160004);
    const url = v10(discord.webhookUrl('alerts'));
    await call('POST', `${url}?thread_id=${message}`, { content: 'in it' });
    expect(discord.messages('alerts').map((one) => one.threadId)).toEqual([null, message]);
  });

  test('archived: an edit is refused, a post brings it back; locked: both are refused', async () => {
    const message = await postedTo('alerts');
    const channel = discord.channelId('alerts');
    await bot('POST', `/channels/${channel}/messages/${message}/threads`, { name: 't' });
    const url = v10(discord.webhookUrl('alerts'));
    const posted = await call('POST', `${url}?wait=true&thread_id=${message}`, { content: 'x' });
    const edit = (): Promise<Answer> =>
      call('PATCH', `${url}/messages/${posted.body.id}?thread_id=${message}`, { content: 'y' });
    await bot('PATCH', `/channels/${message}`, { archived: true });
    expect((await edit()).body.code).toBe(50083);
    expect((await call('POST', `${url}?thread_id=${message}`, { content: 'z' })).status).toBe(204);
    expect((await edit()).status).toBe(200);
    await bot('PATCH', `/channels/${message}`, { locked: true });
    clock.advance(2_000);
    expect([
      (await edit()).body.code,
      (await call('POST', `${url}?thread_id=${message}`, { content: 'z' })).body.code,
    ]).toEqual([160005, 160005]);
  });

  test('refuses bad names and times', async () => {
    const message = await postedTo('alerts');
    const path = `/channels/${discord.channelId('alerts')}/messages/${message}/threads`;
    const { errors } = (await bot('POST', path, { auto_archive_duration: 5 })).body;
    expect([errors.name._errors[0].code, errors.auto_archive_duration._errors[0].code]).toEqual([
      'BASE_TYPE_REQUIRED',
      'BASE_TYPE_CHOICES',
    ]);
  });

  test('pins, at the new path and the old', async () => {
    const message = await postedTo('alerts');
    const channel = discord.channelId('alerts');
    expect((await bot('PUT', `/channels/${channel}/messages/pins/${message}`)).status).toBe(204);
    expect((await bot('PUT', `/channels/${channel}/pins/${message}`)).status).toBe(204);
    expect(discord.messages()[0]?.pinned).toBe(true);
  });

  test('messages are listed without their text, which needs an intent', async () => {
    const message = await postedTo('alerts');
    const { body } = await bot('GET', `/channels/${discord.channelId('alerts')}/messages?limit=5`);
    expect(body).toMatchObject([{ id: message, content: '', embeds: [] }]);
  });
});

describe('permissions', () => {
  const cases: readonly (readonly [BotPermission, string, () => Promise<Answer>])[] = [
    ['MANAGE_CHANNELS', 'create a channel', () => bot('POST', `/guilds/${discord.guildId}/channels`, { name: 'a' })],
    [
      'MANAGE_CHANNELS',
      'change a channel',
      () => bot('PATCH', `/channels/${discord.channelId('alerts')}`, { name: 'a' }),
    ],
    ['MANAGE_WEBHOOKS', 'list webhooks', () => bot('GET', `/channels/${discord.channelId('alerts')}/webhooks`)],
    ['VIEW_CHANNEL', 'list webhooks', () => bot('GET', `/channels/${discord.channelId('alerts')}/webhooks`)],
    [
      'MANAGE_WEBHOOKS',
      'create one',
      () => bot('POST', `/channels/${discord.channelId('alerts')}/webhooks`, { name: 'a' }),
    ],
    ['MANAGE_WEBHOOKS', 'list those of the guild', () => bot('GET', `/guilds/${discord.guildId}/webhooks`)],
    [
      'CREATE_PUBLIC_THREADS',
      'open a thread',
      () => bot('POST', `/channels/${discord.channelId('alerts')}/messages/123456789012345678/threads`, { name: 'a' }),
    ],
    [
      'PIN_MESSAGES',
      'pin',
      () => bot('PUT', `/channels/${discord.channelId('alerts')}/messages/pins/123456789012345678`),
    ],
    ['READ_MESSAGE_HISTORY', 'read', () => bot('GET', `/channels/${discord.channelId('alerts')}/messages`)],
  ];

  test.each(cases)('without %s the bot cannot %s', async (missing, _what, act) => {
    await start((Object.keys(PERMISSION_BITS) as BotPermission[]).filter((one) => one !== missing));
    const answer = await act();
    expect([answer.status, answer.body]).toEqual([403, { message: 'Missing Permissions', code: 50013 }]);
  });

  test('a private channel locks the bot out unless it is let in', async () => {
    const hidden = { id: discord.guildId, type: 0, allow: '0', deny: String(PERMISSION_BITS.VIEW_CHANNEL) };
    const self = { id: discord.botUserId, type: 1, allow: String(PERMISSION_BITS.VIEW_CHANNEL), deny: '0' };
    const locked = await created({ name: 'a', permission_overwrites: [hidden] });
    expect((await bot('POST', `/channels/${locked.id}/webhooks`, { name: 'p' })).body.code).toBe(50013);
    expect((await bot('GET', `/channels/${locked.id}`)).body.code).toBe(50001);
    const open = await created({ name: 'b', permission_overwrites: [hidden, self] });
    expect((await bot('POST', `/channels/${open.id}/webhooks`, { name: 'p' })).status).toBe(200);
  });

  test('an overwrite may only touch what the bot has', async () => {
    await start(['VIEW_CHANNEL', 'MANAGE_CHANNELS']);
    const overwrite = { id: discord.guildId, type: 0, allow: '0', deny: String(PERMISSION_BITS.MANAGE_WEBHOOKS) };
    const answer = await bot('POST', `/guilds/${discord.guildId}/channels`, {
      name: 'a',
      permission_overwrites: [overwrite],
    });
    expect(answer.body.code).toBe(50013);
  });
});

test('the reason for the audit log is read', async () => {
  await call('GET', `${discord.apiBaseUrl}/users/@me`, undefined, {
    authorization: 'Bot bot-token',
    'x-audit-log-reason': encodeURIComponent('für die Rufbereitschaft'),
  });
  expect(discord.requests()[0]?.auditLogReason).toBe('für die Rufbereitschaft');
  expect(JSON.stringify(discord.requests())).not.toContain('bot-token');
});

test('a wait told on a route for bots is watched too', async () => {
  discord.fault({ kind: 'rate_limited', retryAfterMs: 1_000, times: 1 });
  await bot('GET', '/users/@me');
  await bot('GET', '/users/@me');
  clock.advance(1_000);
  await bot('GET', '/users/@me');
  expect(discord.requests().map((one) => one.insideToldWait)).toEqual([false, true, false]);
});
