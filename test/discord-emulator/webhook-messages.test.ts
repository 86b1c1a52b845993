import type { APIMessage, APIWebhook } from 'discord-api-types/v10';
import { MessageFlags, RESTJSONErrorCodes } from 'discord-api-types/v10';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type DiscordEmulator, startDiscordEmulator } from '../../src/testing.ts';
import { call, get, patch, post, remove, v10 } from './calls.ts';
import { createManualClock, type ManualClock, START_MS } from './manual-clock.ts';

let clock: ManualClock;
let discord: DiscordEmulator;
let url: string;

beforeEach(async () => {
  clock = createManualClock();
  discord = await startDiscordEmulator({
    clock,
    bucket: { limit: 1_000, windowMs: 1_000 },
    channelKinds: { forum: 'forum', tagged: { kind: 'forum', tags: ['111111111111111111'], tagRequired: true } },
  });
  url = v10(discord.webhookUrl('alerts'));
});

afterEach(() => discord.close());

/** Posts and gives back the message's id. */
async function posted(body: unknown, query = ''): Promise<string> {
  const answer = await post(`${url}?wait=true${query}`, body);
  expect(answer.status).toBe(200);
  return answer.body.id;
}

describe('execute', () => {
  test('answers 204 without a body, and the message stands', async () => {
    const answer = await post(url, { content: ' hello ', allowed_mentions: { parse: [] } });
    expect([answer.status, answer.body]).toEqual([204, '']);
    expect(discord.messages('alerts')).toMatchObject([
      {
        content: 'hello',
        channel: 'alerts',
        channelId: discord.channelId('alerts'),
        threadId: null,
        notified: 'push',
        pinged: false,
        createdAtMs: START_MS,
        editedAtMs: null,
        versions: [],
        requests: [1],
      },
    ]);
    expect(discord.messages('other')).toEqual([]);
  });

  test.each(['true', 'True', '1'])('with wait=%s answers the message', async (wait) => {
    const answer = await post(`${url}?wait=${wait}`, {
      content: 'x',
      username: ' My   Pager ',
      embeds: [{ title: ' t ' }],
    });
    const message: APIMessage = answer.body;
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(answer.headers.get('via')).toBe('1.1 google');
    expect(message).toMatchObject({
      type: 0,
      content: 'x',
      channel_id: discord.channelId('alerts'),
      author: { username: 'My Pager', discriminator: '0000', bot: true },
      timestamp: '2026-01-02T03:04:05.678000+00:00',
      edited_timestamp: null,
      mention_everyone: false,
      mentions: [],
      embeds: [{ type: 'rich', title: 't' }],
      flags: 0,
    });
    expect(message.webhook_id).toBe(message.author.id);
    expect(message).not.toHaveProperty('guild_id');
  });

  test('embeds come back normalised', async () => {
    await post(url, {
      embeds: [
        {
          type: 'video',
          color: 255,
          timestamp: '2026-01-02T03:04:05Z',
          fields: [{ name: ' n ', value: ' v ' }],
          provider: {},
        },
        { image: { url: 'attachment://graph.png' } },
        { image: { url: 'attachment://report.pdf' }, title: 'kept' },
        {},
      ],
    });
    expect(discord.messages()[0]?.embeds).toEqual([
      {
        type: 'rich',
        color: 255,
        timestamp: '2026-01-02T03:04:05.000000+00:00',
        fields: [{ name: 'n', value: 'v', inline: false }],
      },
      { type: 'rich', image: expect.objectContaining({ url: 'attachment://graph.png' }) },
      { type: 'rich', title: 'kept' },
    ]);
  });

  test.each([
    ['nothing', {}],
    ['blanks', { content: ' \n ' }],
    ['an embed without anything to see', { embeds: [{ color: 1 }] }],
    [
      'only components nobody asked for',
      { components: [{ type: 1, components: [{ type: 2, style: 5, label: 'x', url: 'https://x.dev' }] }] },
    ],
    [
      'components V2 nobody asked for',
      { flags: MessageFlags.IsComponentsV2, components: [{ type: 10, content: 'x' }] },
    ],
  ])('refuses %s as empty', async (_what, body) => {
    const answer = await post(url, body);
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({
      message: 'Cannot send an empty message',
      code: RESTJSONErrorCodes.CannotSendAnEmptyMessage,
    });
  });

  test.each([
    [
      'text that is no JSON',
      '{"content":',
      'application/json',
      { message: 'The request body contains invalid JSON.', code: 50109 },
    ],
    [
      'another content type',
      'content=x',
      'text/plain',
      {
        message: 'Invalid Form Body',
        code: 50035,
        errors: {
          _errors: [
            { code: 'CONTENT_TYPE_INVALID', message: expect.stringContaining('Expected "Content-Type" header') },
          ],
        },
      },
    ],
    ['a broken multipart', 'xx', 'multipart/form-data; boundary=b', { message: 'Invalid Form Body', code: 50035 }],
  ])('refuses %s', async (_what, body, type, error) => {
    const answer = await call('POST', url, body, { 'content-type': type });
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual(error);
  });

  test('a refused body keeps its place in the bucket and carries the headers', async () => {
    const answer = await post(url, { content: 'x'.repeat(2_001) });
    expect(answer.body.errors.content._errors[0].code).toBe('BASE_TYPE_MAX_LENGTH');
    expect(answer.headers.get('x-ratelimit-remaining')).toBe('999');
  });

  test('a form works as well', async () => {
    const answer = await call('POST', url, 'content=hi+there', { 'content-type': 'application/x-www-form-urlencoded' });
    expect(answer.status).toBe(204);
    expect(discord.messages()[0]?.content).toBe('hi there');
  });

  test('the name of the webhook can be used twice, the URL once', () => {
    expect(discord.webhookUrl('alerts')).toBe(discord.webhookUrl('alerts'));
    const second = discord.webhookUrl('alerts', { webhook: 'second' });
    expect(second).not.toBe(discord.webhookUrl('alerts'));
    expect(second).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api\/webhooks\/\d{17,19}\/[A-Za-z0-9_-]{68}$/);
  });
});

describe('mentions', () => {
  test('content counts, embeds never; a push goes out unless sent silently', async () => {
    const allowed_mentions = { parse: ['everyone'] };
    await post(url, { content: '@everyone down', allowed_mentions });
    await post(url, { embeds: [{ description: '@everyone <@1234567890>' }], allowed_mentions });
    await post(url, { content: '@everyone quiet', allowed_mentions, flags: MessageFlags.SuppressNotifications });
    await post(url, { content: 'cc <@1234567890>' });
    await post(url, { content: '@everyone', allowed_mentions: { parse: [] } });
    expect(discord.messages().map((one) => [one.mention_everyone, one.mentions, one.pinged, one.notified])).toEqual([
      [true, [], true, 'push'],
      [false, [], false, 'push'],
      [true, [], false, 'silent'],
      [false, ['1234567890'], true, 'push'],
      [false, [], false, 'push'],
    ]);
  });

  test('text displays of components V2 ping too', async () => {
    const answer = await post(`${url}?with_components=true&wait=true`, {
      flags: MessageFlags.IsComponentsV2,
      components: [{ type: 17, components: [{ type: 10, content: '@here' }] }],
      allowed_mentions: { parse: ['everyone'] },
    });
    expect(answer.body.mention_everyone).toBe(true);
  });

  test('an app without the permission shows @everyone but does not ping', async () => {
    await discord.close();
    discord = await startDiscordEmulator({
      clock,
      bot: { token: 't', permissions: ['VIEW_CHANNEL'] },
      mentionableRoles: ['222'],
    });
    const app = v10(discord.webhookUrl('alerts', { owner: 'app' }));
    await post(app, { content: '@everyone <@&222> <@&333>', allowed_mentions: { parse: ['everyone', 'roles'] } });
    expect(discord.messages()[0]).toMatchObject({ mention_everyone: false, mention_roles: ['222'], pinged: true });
  });
});

describe('components', () => {
  const row = { type: 1, components: [{ type: 2, style: 5, label: 'Trace', url: 'https://x.dev' }] };

  test('dropped without a word from a human’s webhook that did not ask', async () => {
    await post(url, { content: 'x', components: [row], allowed_mentions: { parse: [] } });
    expect(discord.messages()[0]?.components).toEqual([]);
    expect(discord.violations().map((one) => one.rule)).toEqual(['components_dropped']);
  });

  test('kept when asked for, and from an app', async () => {
    await post(`${url}?with_components=true`, { content: 'x', components: [row] });
    await post(v10(discord.webhookUrl('alerts', { webhook: 'app', owner: 'app' })), {
      content: 'x',
      components: [row],
    });
    expect(discord.messages().map((one) => one.components)).toEqual([[row], [row]]);
  });

  test('texts that the real API dies of end in a 500', async () => {
    const answer = await post(`${url}?with_components=true`, {
      flags: MessageFlags.IsComponentsV2,
      components: [{ type: 10, content: '漢'.repeat(3_400) }],
    });
    expect([answer.status, answer.body]).toEqual([500, { message: '500: Internal Server Error', code: 0 }]);
  });
});

describe('files', () => {
  const upload = (payload: unknown, files: readonly string[]): FormData => {
    const form = new FormData();
    form.set('payload_json', new Blob([JSON.stringify(payload)], { type: 'application/json' }));
    for (const [i, text] of files.entries())
      form.set(`files[${i}]`, new Blob([text], { type: 'text/plain' }), `f${i}.txt`);
    return form;
  };

  test('arrive with their text, and force a 200 with the message', async () => {
    const payload = { content: 'x', attachments: [{ id: 0, description: 'all of it', filename: 'full.txt' }] };
    const answer = await call('POST', url, upload(payload, ['Grüße\n', 'second']));
    expect(answer.status).toBe(200);
    expect(answer.body.attachments).toMatchObject([
      { filename: 'full.txt', size: 8, description: 'all of it' },
      { filename: 'f1.txt', size: 6 },
    ]);
    expect(discord.messages()[0]?.attachments.map((file) => [file.filename, file.text])).toEqual([
      ['full.txt', 'Grüße\n'],
      ['f1.txt', 'second'],
    ]);
    expect(discord.requests()[0]?.files).toEqual([
      { name: 'f0.txt', sizeBytes: 8 },
      { name: 'f1.txt', sizeBytes: 6 },
    ]);
  });

  test('are message enough', async () => {
    expect((await call('POST', url, upload({}, ['x']))).status).toBe(200);
  });

  test('too large is 413, too many is 30015', async () => {
    await discord.close();
    discord = await startDiscordEmulator({ fileLimitBytes: 10, requestLimitBytes: 5_000 });
    url = v10(discord.webhookUrl('alerts'));
    const entity = { message: 'Request entity too large', code: 40005 };
    const file = await call('POST', url, upload({ content: 'x' }, ['x'.repeat(11)]));
    expect([file.status, file.body]).toEqual([413, entity]);
    const request = await call('POST', url, upload({ content: 'x' }, ['x'.repeat(6_000)]));
    expect([request.status, request.body]).toEqual([413, entity]);
    const eleven = await call(
      'POST',
      url,
      upload(
        {},
        Array.from({ length: 11 }, () => 'x'),
      ),
    );
    expect(eleven.body.code).toBe(30015);
    expect(discord.messages()).toEqual([]);
  });

  test('an edit names what stays', async () => {
    const first = await call('POST', url, upload({ content: 'x' }, ['a', 'b']));
    const [a, b] = first.body.attachments;
    const path = `${url}/messages/${first.body.id}`;
    await patch(path, { content: 'y' });
    expect(discord.messages()[0]?.attachments).toHaveLength(2);
    await call('PATCH', path, upload({ attachments: [{ id: b.id }] }, ['c']));
    expect(discord.messages()[0]?.attachments.map((file) => file.text)).toEqual(['b', 'c']);
    expect((await patch(path, { attachments: [{ id: a.id }], content: null })).body.code).toBe(50006);
  });
});

describe('edit', () => {
  test('changes what is sent, keeps the rest and every earlier state', async () => {
    const id = await posted({ content: 'one', embeds: [{ title: '×1' }] });
    clock.advance(5_000);
    const answer = await patch(`${url}/messages/${id}`, { embeds: [{ title: '×2' }] });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ id, content: 'one', edited_timestamp: '2026-01-02T03:04:10.678000+00:00' });
    await patch(`${url}/messages/${id}`, { embeds: null });
    const [message] = discord.messages();
    expect(message).toMatchObject({ content: 'one', embeds: [], editedAtMs: START_MS + 5_000, requests: [1, 2, 3] });
    expect(message?.versions.map((one) => [one.embeds[0]?.title, one.editedAtMs])).toEqual([
      ['×1', null],
      ['×2', START_MS + 5_000],
    ]);
  });

  test('content makes the mentions anew from this request, embeds alone do not; no edit pings', async () => {
    const allowed_mentions = { parse: ['everyone'] };
    const id = await posted({ content: '@everyone', embeds: [{ title: '×1' }], allowed_mentions });
    await patch(`${url}/messages/${id}`, { embeds: [{ title: '×2' }], allowed_mentions: { parse: [] } });
    expect(discord.messages()[0]?.mention_everyone).toBe(true);
    await patch(`${url}/messages/${id}`, { content: '@everyone', allowed_mentions: { parse: [] } });
    expect(discord.messages()[0]).toMatchObject({ mention_everyone: false, pinged: true });
    expect(discord.violations().map((one) => [one.rule, one.request])).toEqual([['mention_removed_by_edit', 3]]);

    const quiet = await posted({ content: 'x', allowed_mentions: { parse: [] } });
    await patch(`${url}/messages/${quiet}`, { content: '@everyone <@1234567890>' });
    expect(discord.messages()[1]).toMatchObject({ mention_everyone: false, mentions: ['1234567890'], pinged: false });
  });

  test('whether an edit pings is a switch', async () => {
    await discord.close();
    discord = await startDiscordEmulator({ clock, editsPing: true });
    url = v10(discord.webhookUrl('alerts'));
    const id = await posted({ content: 'x' });
    await patch(`${url}/messages/${id}`, { content: '@everyone', allowed_mentions: { parse: ['everyone'] } });
    expect(discord.messages()[0]?.pinged).toBe(true);
  });

  test('SUPPRESS_EMBEDS comes and goes; how it was sent stays', async () => {
    const id = await posted({ content: 'x', flags: MessageFlags.SuppressNotifications | (1 << 20) });
    const flags = async (value: number): Promise<number> =>
      (await patch(`${url}/messages/${id}`, { flags: value })).body.flags;
    expect([await flags(4), await flags(0)]).toEqual([4100, 4096]);
    expect(discord.messages()[0]?.notified).toBe('silent');
  });

  test('an edit that leaves nothing is refused, and changes nothing', async () => {
    const id = await posted({ content: 'x' });
    expect((await patch(`${url}/messages/${id}`, { content: '' })).body.code).toBe(50006);
    expect(discord.messages()[0]).toMatchObject({ content: 'x', versions: [] });
  });
});

describe('whose message it is', () => {
  test('only the webhook that posted it finds it', async () => {
    const id = await posted({ content: 'x' });
    const other = v10(discord.webhookUrl('alerts', { webhook: 'second' }));
    for (const answer of [
      await get(`${other}/messages/${id}`),
      await patch(`${other}/messages/${id}`, { content: 'y' }),
      await remove(`${other}/messages/${id}`),
    ]) {
      expect([answer.status, answer.body]).toEqual([
        404,
        { message: 'Unknown Message', code: RESTJSONErrorCodes.UnknownMessage },
      ]);
    }
    expect((await get(`${url}/messages/${id}`)).body.content).toBe('x');
  });

  test('deleting is once; the second time it is gone', async () => {
    const id = await posted({ content: 'x' });
    expect((await remove(`${url}/messages/${id}`)).status).toBe(204);
    expect(discord.messages()).toEqual([]);
    expect((await remove(`${url}/messages/${id}`)).body.code).toBe(10008);
  });
});

describe('threads and forums', () => {
  test('a forum wants a thread or a name for one, not both', async () => {
    const forum = v10(discord.webhookUrl('forum'));
    expect((await post(forum, { content: 'x' })).body.code).toBe(220001);
    expect((await post(`${forum}?thread_id=123456789012345678`, { content: 'x', thread_name: 'n' })).body.code).toBe(
      220002,
    );
    expect((await post(url, { content: 'x', thread_name: 'n' })).body.code).toBe(220003);
    expect((await post(`${forum}/slack?thread_id=1`, { text: 'x' })).body.code).toBe(220004);
    expect((await post(`${forum}/github`, {})).body.code).toBe(220004);
  });

  test('a name opens a post; its messages need the thread’s id', async () => {
    const forum = v10(discord.webhookUrl('forum'));
    const first = await post(`${forum}?wait=true`, { content: 'start', thread_name: 'incident 1' });
    const thread = first.body.channel_id;
    expect(first.body.id).toBe(thread);
    const second = await post(`${forum}?wait=true&thread_id=${thread}`, { content: 'more' });
    const path = `${forum}/messages/${second.body.id}`;
    expect((await patch(path, { content: 'y' })).body.code).toBe(10008);
    expect((await patch(`${path}?thread_id=${thread}`, { content: 'y' })).status).toBe(200);
    expect(discord.messages('forum').map((one) => [one.content, one.threadId])).toEqual([
      ['start', thread],
      ['y', thread],
    ]);
  });

  test('a foreign or unknown thread is an unknown channel, or what the switch says', async () => {
    const forum = v10(discord.webhookUrl('forum'));
    const { body } = await post(`${forum}?wait=true`, { content: 'x', thread_name: 'n' });
    const answer = await post(`${url}?thread_id=${body.channel_id}`, { content: 'x' });
    expect([answer.status, answer.body.code]).toEqual([404, 10003]);
    const other = await startDiscordEmulator({ foreignThread: { status: 400, code: 50035 } });
    const there = await post(`${v10(other.webhookUrl('a'))}?thread_id=123456789012345678`, { content: 'x' });
    expect([there.status, there.body.code]).toEqual([400, 50035]);
    await other.close();
  });

  test('tags', async () => {
    const tagged = v10(discord.webhookUrl('tagged'));
    const tags = (applied_tags: string[]) => post(tagged, { content: 'x', thread_name: 'n', applied_tags });
    expect((await tags([])).body.code).toBe(40067);
    expect((await tags(['222222222222222222'])).body.code).toBe(10087);
    expect((await tags(['111111111111111111'])).status).toBe(204);
  });
});

describe('the webhook itself', () => {
  test('GET tells channel and guild and posts nothing', async () => {
    const answer = await get(url);
    const hook: APIWebhook = answer.body;
    expect(answer.status).toBe(200);
    expect(hook).toMatchObject({
      type: 1,
      guild_id: discord.guildId,
      channel_id: discord.channelId('alerts'),
      application_id: null,
      url: discord.webhookUrl('alerts'),
    });
    expect(hook).not.toHaveProperty('user');
    expect(discord.messages()).toEqual([]);
  });

  test('PATCH renames, within the rules for names', async () => {
    expect((await patch(url, { name: 'Ops  Pager', channel_id: '1' })).body).toMatchObject({
      name: 'Ops Pager',
      channel_id: discord.channelId('alerts'),
    });
    expect((await patch(url, { name: 'discord' })).body.errors.name._errors[0].code).toBe('USERNAME_INVALID_CONTAINS');
    await post(url, { content: 'x' });
    expect(discord.messages()[0]?.username).toBe('Ops Pager');
  });

  test('deleted is 404/10015 from then on, a wrong token 401/50027, both with rate-limit headers', async () => {
    const wrong = await post(`${url.slice(0, -1)}_`, { content: 'x' });
    expect([wrong.status, wrong.body]).toEqual([
      401,
      { message: 'Invalid Webhook Token', code: RESTJSONErrorCodes.InvalidWebhookToken },
    ]);
    expect(wrong.headers.get('x-ratelimit-limit')).toBe('1000');
    expect((await remove(url)).status).toBe(204);
    const gone = await post(url, { content: 'x' });
    expect([gone.status, gone.body]).toEqual([
      404,
      { message: 'Unknown Webhook', code: RESTJSONErrorCodes.UnknownWebhook },
    ]);
    expect((await get(url)).status).toBe(404);
  });

  test('/slack answers the text ok', async () => {
    const attachments = [
      { title: 't', text: 'd', color: '#ff0000', fields: [{ title: 'n', value: 'v', short: true }] },
    ];
    const answer = await post(`${url}/slack`, { text: 'hi', attachments });
    expect([answer.status, answer.body]).toEqual([200, 'ok']);
    expect(discord.messages()[0]).toMatchObject({
      content: 'hi',
      embeds: [{ title: 't', description: 'd', color: 0xff0000, fields: [{ name: 'n', value: 'v', inline: true }] }],
    });
  });
});

describe('routing and versions', () => {
  test.each([
    ['GET', '/api/v10/nowhere', 404, { message: '404: Not Found', code: 0 }],
    ['GET', '/nowhere', 404, { message: '404: Not Found', code: 0 }],
    ['PUT', '/api/v10/users/@me', 405, { message: '405: Method Not Allowed', code: 0 }],
    ['GET', '/api/v5/users/@me', 400, { message: 'Invalid API version', code: 50041 }],
    ['GET', '/api/v11/users/@me', 400, { message: 'Invalid API version', code: 50041 }],
    ['GET', '/api/v10/users/@me', 401, { message: '401: Unauthorized', code: 0 }],
  ])('%s %s → %d', async (method, path, status, body) => {
    const answer = await call(method, `${discord.url}${path}`);
    expect([answer.status, answer.body]).toEqual([status, body]);
    expect(answer.headers.get('via')).toBe('1.1 google');
  });

  test('an id that is none is a complaint about the form', async () => {
    const answer = await get(`${discord.apiBaseUrl}/webhooks/abc/def`);
    expect(answer.status).toBe(400);
    expect(answer.body.errors.webhook_id._errors[0].code).toBe('NUMBER_TYPE_COERCE');
  });

  test('no version is v6: flat complaints', async () => {
    const flat = await post(discord.webhookUrl('alerts'), {
      embeds: [{ description: 'x'.repeat(4_097) }],
      username: '',
    });
    expect([flat.status, flat.body]).toEqual([
      400,
      { username: ['Must be between 1 and 80 in length.'], embeds: ['0'] },
    ]);
  });

  test('no version as v10 is a switch', async () => {
    await discord.close();
    discord = await startDiscordEmulator({ unversionedIsV6: false });
    const answer = await post(discord.webhookUrl('alerts'), { content: 'x'.repeat(2_001) });
    expect(answer.body.code).toBe(50035);
  });

  test.each([
    ['none', undefined],
    ['a browser', 'Mozilla/5.0 (X11)'],
    ['urllib', 'Python-urllib/3.12'],
  ])('a User-Agent of %s is refused before the API', async (_what, agent) => {
    const answer = await call('POST', url, { content: 'x' }, { 'user-agent': agent ?? '' });
    expect([answer.status, answer.body]).toEqual([403, 'error code: 1010']);
    expect(answer.headers.get('via')).toBeNull();
    expect(discord.violations().map((one) => one.rule)).toContain('user_agent_refused');
  });
});

test('whatever JSON comes, it is taken or refused, never an error of the server', async () => {
  const { body } = await post(`${url}?wait=true`, { content: 'x' });
  const keys = [
    'content',
    'embeds',
    'allowed_mentions',
    'components',
    'flags',
    'username',
    'poll',
    'attachments',
    '__proto__',
  ];
  const payloads = fc.dictionary(fc.constantFrom(...keys), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 6 });
  const targets = fc.constantFrom(
    ['POST', `${url}?wait=true&with_components=true`],
    ['POST', `${url}/slack`],
    ['PATCH', `${url}/messages/${body.id}?with_components=true`],
    ['PATCH', url],
  );
  await fc.assert(
    fc.asyncProperty(targets, payloads, async ([method = '', target = ''], payload) => {
      const answer = await call(method, target, payload);
      expect([200, 204, 400]).toContain(answer.status);
      clock.advance(60_000);
    }),
    { numRuns: 150 },
  );
});
