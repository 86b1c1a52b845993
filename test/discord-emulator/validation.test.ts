import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FormErrors } from '../../src/discord-emulator/error-bodies.ts';
import { ApiError, errorBody } from '../../src/discord-emulator/error-bodies.ts';
import type { JsonObject } from '../../src/discord-emulator/json.ts';
import { type ValidationRules, validateEdit, validateExecute } from '../../src/discord-emulator/validation.ts';

const HUMAN: ValidationRules = {
  components: 'non_interactive',
  interactiveCode: 'BASE_TYPE_CHOICES',
  timestampCode: 'DATE_TIME_TYPE_PARSE',
};
const APP: ValidationRules = { ...HUMAN, components: 'all' };
const UNASKED: ValidationRules = { ...HUMAN, components: 'ignored' };

const leaf = (code: string, message: string): JsonObject => ({ _errors: [{ code, message }] });
const tooLong = (max: number): JsonObject => leaf('BASE_TYPE_MAX_LENGTH', `Must be ${max} or fewer in length.`);
const badLength = (min: number, max: number): JsonObject =>
  leaf('BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`);
const required = leaf('BASE_TYPE_REQUIRED', 'This field is required');
const badScheme = (scheme: string, media = false): JsonObject =>
  leaf(
    'URL_TYPE_INVALID_SCHEME',
    `Scheme "${scheme}" is not supported. Scheme must be one of ('http', 'https'${media ? ", 'attachment'" : ''}).`,
  );

/** The tree Discord answers for this payload; an empty one when it is accepted. */
function complaints(payload: JsonObject, rules: ValidationRules = HUMAN): unknown {
  return validateExecute(payload, rules).tree;
}

const embed = (one: JsonObject): JsonObject => ({ embeds: [one] });
const inEmbed = (tree: JsonObject): JsonObject => ({ embeds: { 0: tree } });
const field = (name: unknown, value: unknown): JsonObject => ({ title: 't', fields: [{ name, value }] });
const inField = (tree: JsonObject): JsonObject => inEmbed({ fields: { 0: tree } });
const x = (count: number): string => 'x'.repeat(count);
const emoji = (count: number): string => '🔥'.repeat(count);
const row = (...components: JsonObject[]): JsonObject => ({ components: [{ type: 1, components }] });
const link = (more: JsonObject = {}): JsonObject => ({
  type: 2,
  style: 5,
  label: 'Trace',
  url: 'https://x.dev',
  ...more,
});
const inButton = (tree: JsonObject): JsonObject => ({ components: { 0: { components: { 0: tree } } } });

type Row = readonly [what: string, payload: JsonObject, tree: JsonObject];

const TABLE: readonly Row[] = [
  ['content of 2000', { content: x(2000) }, {}],
  ['content of 2001', { content: x(2001) }, { content: tooLong(2000) }],
  ['content of 2000 code points outside of the BMP', { content: emoji(2000) }, {}],
  ['content of 2001 code points outside of the BMP', { content: emoji(2001) }, { content: tooLong(2000) }],
  ['content that is trimmed to 2000', { content: `  ${x(2000)}\n` }, {}],
  [
    'content that is no text',
    { content: {} },
    { content: leaf('STRING_TYPE_CONVERT', 'Could not interpret "{}" as string.') },
  ],
  ['null everywhere', { content: null, embeds: null, allowed_mentions: null, components: null, flags: null }, {}],
  ['tts that is no boolean', { tts: 'yes' }, { tts: leaf('BOOLEAN_TYPE_CONVERT', 'Must be either true or false.') }],

  ['ten embeds', { embeds: Array.from({ length: 10 }, () => ({ title: 't' })) }, {}],
  ['eleven embeds', { embeds: Array.from({ length: 11 }, () => ({ title: 't' })) }, { embeds: tooLong(10) }],
  [
    'embeds that are no list',
    { embeds: {} },
    { embeds: leaf('LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType.') },
  ],
  [
    'an embed that is no object',
    { embeds: ['t'] },
    inEmbed(leaf('DICT_TYPE_CONVERT', 'Only dictionaries may be used in a DictType.')),
  ],
  ['title of 256', embed({ title: emoji(256) }), {}],
  ['title of 257', embed({ title: x(257) }), inEmbed({ title: tooLong(256) })],
  ['description of 4097', embed({ description: x(4097) }), inEmbed({ description: tooLong(4096) })],
  ['footer of 2049', embed({ footer: { text: x(2049) } }), inEmbed({ footer: { text: tooLong(2048) } })],
  ['author of 257', embed({ author: { name: x(257) } }), inEmbed({ author: { name: tooLong(256) } })],
  ['25 fields', embed({ fields: Array.from({ length: 25 }, () => ({ name: 'n', value: 'v' })) }), {}],
  [
    '26 fields',
    embed({ fields: Array.from({ length: 26 }, () => ({ name: 'n', value: 'v' })) }),
    inEmbed({ fields: tooLong(25) }),
  ],
  ['field name of 257', embed(field(x(257), 'v')), inField({ name: tooLong(256) })],
  ['field value of 1025', embed(field('n', x(1025))), inField({ value: tooLong(1024) })],
  ['field without a name', embed(field(undefined, 'v')), inField({ name: required })],
  ['field with a blank value', embed(field('n', ' \n ')), inField({ value: required })],
  ['field with U+200B', embed(field('\u200b', '\u200b')), {}],
  ['field with nothing', embed(field(null, '')), inField({ name: required, value: required })],
  [
    'color as text',
    embed({ color: '#ffae35' }),
    inEmbed({ color: leaf('NUMBER_TYPE_COERCE', 'Value "#ffae35" is not int.') }),
  ],
  [
    'color as a fraction',
    embed({ color: 1.5 }),
    inEmbed({ color: leaf('NUMBER_TYPE_COERCE', 'Value "1.5" is not int.') }),
  ],
  ['the greatest color', embed({ title: 't', color: 16777215 }), {}],
  [
    'color too great',
    embed({ color: 16777216 }),
    inEmbed({ color: leaf('NUMBER_TYPE_MAX', 'int value should be less than or equal to 16777215.') }),
  ],
  [
    'color below zero',
    embed({ color: -1 }),
    inEmbed({ color: leaf('NUMBER_TYPE_MIN', 'int value should be greater than or equal to 0.') }),
  ],
  ['ISO timestamp', embed({ timestamp: '2026-01-02T03:04:05.678Z' }), {}],
  ['timestamp with offset', embed({ timestamp: '2026-01-02T03:04:05+02:00' }), {}],
  [
    'timestamp as a number',
    embed({ timestamp: 1500218461229 }),
    inEmbed({ timestamp: leaf('DATE_TIME_TYPE_PARSE', 'Could not parse 1500218461229. Should be ISO8601.') }),
  ],
  [
    'timestamp as prose',
    embed({ timestamp: 'now' }),
    inEmbed({ timestamp: leaf('DATE_TIME_TYPE_PARSE', 'Could not parse now. Should be ISO8601.') }),
  ],
  ['empty url', embed({ url: '' }), inEmbed({ url: badScheme('') })],
  ['url of another scheme', embed({ url: 'javascript://x' }), inEmbed({ url: badScheme('javascript') })],
  ['attachment as the title url', embed({ url: 'attachment://a.png' }), inEmbed({ url: badScheme('attachment') })],
  ['attachment as an image', embed({ image: { url: 'attachment://a.png' } }), {}],
  [
    'image of another scheme',
    embed({ image: { url: 'data:image/png,' } }),
    inEmbed({ image: { url: badScheme('', true) } }),
  ],
  ['broken url', embed({ url: 'https://' }), inEmbed({ url: leaf('URL_TYPE_INVALID_URL', 'Not a well formed URL.') })],
  ['url of 2049', embed({ url: `https://x.dev/${x(2035)}` }), inEmbed({ url: tooLong(2048) })],
  [
    'icon of the author',
    embed({ author: { name: 'a', icon_url: 'x' } }),
    inEmbed({ author: { icon_url: badScheme('', true) } }),
  ],
  ['6000 over two embeds', { embeds: [{ description: x(3000) }, { description: x(3000) }] }, {}],
  [
    '6001 over two embeds',
    { embeds: [{ description: x(3000) }, { description: x(3000), footer: { text: '!' } }] },
    { embeds: leaf('MAX_EMBED_SIZE_EXCEEDED', 'Embed size exceeds maximum size of 6000') },
  ],
  [
    '6000 of everything that counts, URLs aside',
    {
      content: x(2000),
      embeds: [
        {
          title: x(256),
          description: x(3000),
          url: 'https://x.dev/not-counted',
          timestamp: '2026-01-02T03:04:05Z',
          footer: { text: x(2048) },
          author: { name: x(256) },
          fields: [{ name: x(220), value: x(220) }],
        },
      ],
    },
    {},
  ],
  [
    'two embeds wrong at once',
    { embeds: [{ title: x(257) }, field('', 'v')] },
    { embeds: { 0: { title: tooLong(256) }, 1: { fields: { 0: { name: required } } } } },
  ],

  [
    'username with discord',
    { username: 'My DisCord Pager' },
    { username: leaf('USERNAME_INVALID_CONTAINS', 'Username cannot contain "discord"') },
  ],
  [
    'username with clyde',
    { username: 'xclydex' },
    { username: leaf('USERNAME_INVALID_CONTAINS', 'Username cannot contain "clyde"') },
  ],
  ['username here', { username: 'Here' }, { username: leaf('USERNAME_INVALID', 'Username cannot be "here"') }],
  ['username that contains here', { username: 'sphere' }, {}],
  ['empty username', { username: '  ' }, { username: badLength(1, 80) }],
  ['username of 81', { username: x(81) }, { username: badLength(1, 80) }],
  ['avatar url', { avatar_url: 'ftp://x' }, { avatar_url: badScheme('ftp') }],
  ['thread name of 101', { thread_name: x(101) }, { thread_name: badLength(1, 100) }],
  [
    'six tags',
    { applied_tags: Array.from({ length: 6 }, (_, i) => `12345678901234567${i}`) },
    { applied_tags: tooLong(5) },
  ],
  ['flags as text', { flags: 'silent' }, { flags: leaf('NUMBER_TYPE_COERCE', 'Value "silent" is not int.') }],
  ['flags nobody knows', { flags: 1 << 20 }, {}],

  ['parse of nothing', { allowed_mentions: { parse: [] } }, {}],
  ['parse of everything', { allowed_mentions: { parse: ['users', 'roles', 'everyone'] } }, {}],
  [
    'parse of here',
    { allowed_mentions: { parse: ['here'] } },
    {
      allowed_mentions: {
        parse: { 0: leaf('BASE_TYPE_CHOICES', "Value must be one of ('users', 'roles', 'everyone').") },
      },
    },
  ],
  [
    'parse and ids of roles',
    { allowed_mentions: { parse: ['roles'], roles: ['123456789012345678'] } },
    {
      allowed_mentions: leaf(
        'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
        'parse:["roles"] and roles: [ids...] are mutually exclusive.',
      ),
    },
  ],
  ['parse of roles beside an empty list', { allowed_mentions: { parse: ['roles'], roles: [] } }, {}],
  [
    'parse of everyone and ids of users',
    { allowed_mentions: { parse: ['everyone'], users: ['123456789012345678'] } },
    {},
  ],
  [
    'an id that is none',
    { allowed_mentions: { users: ['bob'] } },
    { allowed_mentions: { users: { 0: leaf('NUMBER_TYPE_COERCE', 'Value "bob" is not snowflake.') } } },
  ],
  [
    'an id twice',
    { allowed_mentions: { users: ['1', '1'] } },
    {
      allowed_mentions: {
        users: { 1: leaf('SET_TYPE_ALREADY_CONTAINS_VALUE', 'The set already contains this value') },
      },
    },
  ],
  [
    '101 ids',
    { allowed_mentions: { users: Array.from({ length: 101 }, (_, i) => String(i + 1)) } },
    { allowed_mentions: { users: tooLong(100) } },
  ],

  ['link button', row(link()), {}],
  ['five buttons', row(link(), link(), link(), link(), link()), {}],
  [
    'six buttons',
    row(link(), link(), link(), link(), link(), link()),
    { components: { 0: { components: badLength(1, 5) } } },
  ],
  ['an empty row', row(), { components: { 0: { components: badLength(1, 5) } } }],
  [
    'six rows',
    { components: Array.from({ length: 6 }, () => ({ type: 1, components: [link()] })) },
    { components: tooLong(5) },
  ],
  ['a button without url', row({ type: 2, style: 5, label: 'x' }), inButton({ url: required })],
  ['a button url of 513', row(link({ url: `https://x.dev/${x(499)}` })), inButton({ url: tooLong(512) })],
  ['a button url of 512', row(link({ url: `https://x.dev/${x(498)}` })), {}],
  ['a label of 81', row(link({ label: x(81) })), inButton({ label: tooLong(80) })],
  [
    'a link button with an id',
    row(link({ custom_id: 'a' })),
    inButton({
      custom_id: leaf(
        'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
        'A custom id and url cannot both be specified',
      ),
    }),
  ],
  [
    'an interactive button of a human',
    row({ type: 2, style: 1, label: 'x', custom_id: 'a' }),
    inButton({
      style: leaf(
        'BASE_TYPE_CHOICES',
        'Interactive components can only be sent by webhooks that are owned by an application.',
      ),
    }),
  ],
  [
    'a text display without the flag',
    { components: [{ type: 10, content: 'x' }] },
    { components: { 0: { type: leaf('UNION_TYPE_CHOICES', 'Value of field "type" must be one of (1).') } } },
  ],

  ['components V2', { flags: 32768, components: [{ type: 10, content: 'x' }] }, {}],
  [
    'components V2 beside content and embeds',
    { flags: 32768, content: 'x', embeds: [{ title: 't' }], components: [{ type: 10, content: 'x' }] },
    {
      content: leaf(
        'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
        "The 'content' field cannot be used when using MessageFlags.IS_COMPONENTS_V2",
      ),
      embeds: leaf(
        'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
        "The 'embeds' field cannot be used when using MessageFlags.IS_COMPONENTS_V2",
      ),
    },
  ],
  [
    'text displays of 4001 together',
    {
      flags: 32768,
      components: [
        { type: 10, content: x(4000) },
        { type: 17, components: [{ type: 10, content: '!' }] },
      ],
    },
    {
      components: leaf(
        'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
        'Components displayable text size exceeds maximum size of 4000',
      ),
    },
  ],
  [
    '41 components, nested ones counted',
    { flags: 32768, components: [{ type: 17, components: Array.from({ length: 40 }, () => ({ type: 14 })) }] },
    { components: leaf('COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED', 'The total number of components cannot exceed 40') },
  ],
  [
    'a section without accessory',
    { flags: 32768, components: [{ type: 9, components: [{ type: 10, content: 'x' }] }] },
    { components: { 0: { accessory: required } } },
  ],
  [
    'a container in a container',
    { flags: 32768, components: [{ type: 17, components: [{ type: 17, components: [] }] }] },
    {
      components: {
        0: {
          components: {
            0: { type: leaf('UNION_TYPE_CHOICES', 'Value of field "type" must be one of (1, 9, 10, 12, 13, 14).') },
          },
        },
      },
    },
  ],

  ['a poll', { poll: { question: { text: 'q' }, answers: [{ poll_media: { text: 'a' } }] } }, {}],
  [
    'a poll answer of 56',
    { poll: { question: { text: 'q' }, answers: [{ poll_media: { text: x(56) } }] } },
    { poll: { answers: { 0: { poll_media: { text: tooLong(55) } } } } },
  ],
];

describe('execute', () => {
  test.each(TABLE)('%s', (_what, payload, tree) => {
    expect(complaints(payload)).toEqual(tree);
  });

  test('an app may send interactive components, with an id', () => {
    expect(complaints(row({ type: 2, style: 1, label: 'x', custom_id: 'a' }), APP)).toEqual({});
    expect(complaints(row({ type: 2, style: 1, label: 'x' }), APP)).toEqual(inButton({ custom_id: required }));
  });

  test('components nobody asked for are not even looked at', () => {
    expect(complaints(row({ type: 99 }), UNASKED)).toEqual({});
  });

  test('the answer has the nested form, and the flat one for old versions', () => {
    const errors = validateExecute({ username: 'discord', embeds: [{ title: x(257) }] }, HUMAN);
    expect(bodyOf(errors, false)).toEqual({
      message: 'Invalid Form Body',
      code: 50035,
      errors: {
        username: leaf('USERNAME_INVALID_CONTAINS', 'Username cannot contain "discord"'),
        embeds: { 0: { title: tooLong(256) } },
      },
    });
    expect(bodyOf(errors, true)).toEqual({ username: ['Username cannot contain "discord"'], embeds: ['0'] });
    const size = validateExecute({ embeds: [{ description: x(4000) }, { description: x(4000) }] }, HUMAN);
    expect(bodyOf(size, true)).toEqual({ embeds: ['Embed size exceeds maximum size of 6000'] });
  });

  test('whatever is sent, it never throws', () => {
    const json = fc.jsonValue({ maxDepth: 4 });
    const keys = ['content', 'embeds', 'allowed_mentions', 'components', 'flags', 'username', 'poll', 'attachments'];
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...keys), json), fc.constantFrom(HUMAN, APP), (payload, rules) => {
        JSON.stringify(complaints({ ...payload }, rules));
      }),
    );
    fc.assert(
      fc.property(fc.array(json), (items) => {
        const embeds = items.map((item) => ({
          title: item,
          fields: [{ name: item, value: item }],
          footer: item,
          color: item,
        }));
        JSON.stringify(complaints({ embeds, components: items, flags: 32768 }));
      }),
    );
  });

  test('components nested deeper than any stack are refused, not fatal', () => {
    let nested: JsonObject = { type: 17, components: [] };
    for (let i = 0; i < 50_000; i++) nested = { type: 17, components: [nested] };
    expect(validateExecute({ flags: 32768, components: [nested] }, HUMAN).isEmpty).toBe(false);
  });
});

describe('edit', () => {
  const plain = { content: 'x', embedCount: 1, v2: false };

  test.each([
    ['nothing', plain, {}, {}],
    ['everything cleared', plain, { content: null, embeds: [], components: [] }, {}],
    ['content of 2001', plain, { content: x(2001) }, { content: tooLong(2000) }],
    ['a username, which cannot be edited', plain, { username: 'discord' }, {}],
    [
      'switched to components V2 with the old parts in place',
      plain,
      { flags: 32768, components: [{ type: 10, content: 'x' }] },
      {
        content: leaf(
          'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
          "The 'content' field cannot be used when using MessageFlags.IS_COMPONENTS_V2",
        ),
        embeds: leaf(
          'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
          "The 'embeds' field cannot be used when using MessageFlags.IS_COMPONENTS_V2",
        ),
      },
    ],
    [
      'switched with embeds cleared by null, which does not clear them here',
      plain,
      { flags: 32768, content: null, embeds: null, components: [{ type: 10, content: 'x' }] },
      {
        embeds: leaf(
          'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
          "The 'embeds' field cannot be used when using MessageFlags.IS_COMPONENTS_V2",
        ),
      },
    ],
    [
      'switched rightly',
      plain,
      { flags: 32768, content: null, embeds: [], components: [{ type: 10, content: 'x' }] },
      {},
    ],
  ] as const)('%s', (_what, current, payload, tree) => {
    expect(validateEdit(payload, current, HUMAN).tree).toEqual(tree);
  });
});

function bodyOf(errors: FormErrors, flat: boolean): unknown {
  return errorBody(new ApiError(400, 50035, 'Invalid Form Body', errors.tree), flat);
}
