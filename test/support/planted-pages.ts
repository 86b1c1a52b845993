import fc from 'fast-check';
import { readLogRecord } from '../../src/capture/map-log-record.ts';
import { readPage } from '../../src/capture/map-page.ts';
import { readPinoLine } from '../../src/capture/map-pino-line.ts';
import type { ReadableLogRecord } from '../../src/capture/otel-types.ts';
import type { Sighting } from '../../src/capture/sighting.ts';
import type { Priority } from '../../src/priority.ts';
import { drawn, IN_CONTEXT, PLANTS, type PlantKind, TOKENS } from './planted-secrets.ts';

/** One page with a secret in it: what it says, and what of that must not show. */
export interface PlantedPage {
  readonly via: 'page' | 'otel' | 'pino';
  /** The parameter of `page()`, a log record, or the fields of a line. Plain data. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly hidden: readonly string[];
  /** Where what kind of secret stands, for who reads a failure. */
  readonly what: string;
  /** Names the page: no two are the same incident. */
  readonly key: string;
}

/** Where a secret may stand. */
interface Place {
  readonly name: string;
  readonly via: PlantedPage['via'];
  /** Lengths at which something is cut there: by Discord's limits, by ours, by the capture. */
  readonly boundaries: readonly number[];
  readonly kinds: readonly PlantKind[];
  /** What the text before the secret is made of. */
  readonly filler: 'words' | 'lines' | 'name' | 'path';
  /** @param word unique to the page. */
  readonly put: (text: string, word: string) => Readonly<Record<string, unknown>>;
}

const ONE_LINE = PLANTS.filter(({ needs }) => needs !== 'lines');
const IN_URLS = [...TOKENS, ...IN_CONTEXT.filter(({ name }) => name === 'query')].filter(
  ({ name }) => !name.includes('url') && name !== 'webhook' && name !== 'bcrypt',
);
const error = (parts: object) => ({ name: 'SomeError', message: 'it failed', ...parts });
const frames = (text: string): string => `SomeError: it failed\n    at f (/app/a.js:1:2)\n${text}`;

const TITLE = [40, 80, 100, 120, 160, 200, 256, 320, 1_024, 2_048, 8_192];
const NAME = [40, 80, 100, 200, 256];
const MESSAGE = [256, 1_024, 2_000, 2_048, 3_900, 4_096, 6_000, 8_192, 12_000, 16_384];
const ERROR = [256, 1_500, 3_000, 4_096, 6_144, 12_000, 16_384];
const VALUE = [256, 1_024, 4_064, 8_128, 8_192];

/** Every place of a page, a log record and a line that holds text. */
export const PLACES: readonly Place[] = [
  {
    name: 'title',
    via: 'page',
    boundaries: TITLE,
    kinds: ONE_LINE,
    filler: 'words',
    put: (title, w) => ({ title, message: w }),
  },
  {
    name: 'message',
    via: 'page',
    boundaries: MESSAGE,
    kinds: PLANTS,
    filler: 'words',
    put: (message, w) => ({ title: w, message }),
  },
  {
    name: 'lines of a message',
    via: 'page',
    boundaries: MESSAGE,
    kinds: PLANTS,
    filler: 'lines',
    put: (message) => ({ message }),
  },
  {
    name: 'message of an error',
    via: 'page',
    boundaries: ERROR,
    kinds: PLANTS,
    filler: 'words',
    put: (message) => ({ error: error({ message }) }),
  },
  {
    name: 'stack',
    via: 'page',
    boundaries: ERROR,
    kinds: PLANTS,
    filler: 'lines',
    put: (text) => ({ error: error({ stack: frames(text) }) }),
  },
  {
    name: 'cause',
    via: 'page',
    boundaries: ERROR,
    kinds: PLANTS,
    filler: 'words',
    put: (message) => ({ error: error({ cause: error({ message }) }) }),
  },
  {
    name: 'stack of a cause',
    via: 'page',
    boundaries: ERROR,
    kinds: PLANTS,
    filler: 'lines',
    put: (text) => ({ error: error({ cause: error({ stack: frames(text) }) }) }),
  },
  {
    name: 'name of an error',
    via: 'page',
    boundaries: NAME,
    kinds: TOKENS,
    filler: 'name',
    put: (name) => ({ error: error({ name }) }),
  },
  {
    name: 'code of an error',
    via: 'page',
    boundaries: NAME,
    kinds: TOKENS,
    filler: 'name',
    put: (code) => ({ error: error({ code }) }),
  },
  {
    name: 'property of an error',
    via: 'page',
    boundaries: VALUE,
    kinds: ONE_LINE,
    filler: 'words',
    put: (detail) => ({ error: error({ detail }) }),
  },
  {
    name: 'attribute',
    via: 'page',
    boundaries: VALUE,
    kinds: PLANTS,
    filler: 'words',
    put: (value, w) => ({ title: w, attributes: { body: value } }),
  },
  {
    name: 'route',
    via: 'page',
    boundaries: NAME,
    kinds: TOKENS,
    filler: 'path',
    put: (value, w) => ({ title: w, attributes: { 'http.route': value } }),
  },
  {
    name: 'deep attribute',
    via: 'page',
    boundaries: VALUE,
    kinds: PLANTS,
    filler: 'lines',
    put: (value, w) => ({ title: w, attributes: { a: { b: [value, 1] } } }),
  },
  {
    name: 'name of an attribute',
    via: 'page',
    boundaries: NAME,
    kinds: TOKENS,
    filler: 'name',
    put: (name, w) => ({ title: w, attributes: { [name]: 1 } }),
  },
  {
    name: 'field',
    via: 'page',
    boundaries: VALUE,
    kinds: PLANTS,
    filler: 'words',
    put: (value, w) => ({ title: w, fields: { order: value } }),
  },
  {
    name: 'name of a field',
    via: 'page',
    boundaries: NAME,
    kinds: TOKENS,
    filler: 'name',
    put: (name, w) => ({ title: w, fields: { [name]: 'x' } }),
  },
  {
    name: 'url',
    via: 'page',
    boundaries: [100, 480, 512, 2_048],
    kinds: IN_URLS,
    filler: 'path',
    put: (path, w) => ({ title: w, url: `https://shop.example.com/${path}` }),
  },
  {
    name: 'runbook',
    via: 'page',
    boundaries: [100, 480, 512, 2_048],
    kinds: IN_URLS,
    filler: 'path',
    put: (path, w) => ({ title: w, attributes: { 'pager.runbook_url': `https://shop.example.com/${path}` } }),
  },
  {
    name: 'dedup key',
    via: 'page',
    boundaries: [...NAME, 8_192],
    kinds: TOKENS,
    filler: 'name',
    put: (dedupKey, w) => ({ title: w, dedupKey }),
  },
  {
    name: 'dedup key alone',
    via: 'page',
    boundaries: NAME,
    kinds: TOKENS,
    filler: 'name',
    put: (dedupKey) => ({ dedupKey }),
  },
  {
    name: 'channel',
    via: 'page',
    boundaries: [1, 20, 48, 96],
    kinds: TOKENS,
    filler: 'name',
    put: (channel, w) => ({ title: w, channel }),
  },
  {
    name: 'outcome',
    via: 'page',
    boundaries: [1, 40],
    kinds: TOKENS,
    filler: 'name',
    put: (outcome, w) => ({ title: w, attributes: { 'pager.outcome': outcome } }),
  },
  {
    name: 'body of a record',
    via: 'otel',
    boundaries: MESSAGE,
    kinds: PLANTS,
    filler: 'lines',
    put: (body) => ({ body }),
  },
  {
    name: 'structured body',
    via: 'otel',
    boundaries: MESSAGE,
    kinds: ONE_LINE,
    filler: 'words',
    put: (text, w) => ({ body: { [w]: w, detail: { text } } }),
  },
  {
    name: 'stack of a record',
    via: 'otel',
    boundaries: ERROR,
    kinds: PLANTS,
    filler: 'lines',
    put: (text, w) => ({ body: w, attributes: { 'exception.type': 'E', 'exception.stacktrace': frames(text) } }),
  },
  {
    name: 'event name',
    via: 'otel',
    boundaries: NAME,
    kinds: TOKENS,
    filler: 'name',
    put: (eventName, w) => ({ body: w, eventName }),
  },
  {
    name: 'logger',
    via: 'otel',
    boundaries: NAME,
    kinds: TOKENS,
    filler: 'name',
    put: (logger, w) => ({ body: w, logger }),
  },
  {
    name: 'service',
    via: 'otel',
    boundaries: NAME,
    kinds: TOKENS,
    filler: 'name',
    put: (service, w) => ({ body: w, service }),
  },
  { name: 'line', via: 'pino', boundaries: MESSAGE, kinds: PLANTS, filler: 'words', put: (msg) => ({ msg }) },
  {
    name: 'field of a line',
    via: 'pino',
    boundaries: VALUE,
    kinds: PLANTS,
    filler: 'words',
    put: (body, w) => ({ msg: w, req: { body } }),
  },
  {
    name: 'error of a line',
    via: 'pino',
    boundaries: ERROR,
    kinds: PLANTS,
    filler: 'lines',
    put: (text, w) => ({ msg: w, err: { type: 'E', message: w, stack: frames(text) } }),
  },
];

const UNITS = {
  words: 'some plain words of it ',
  lines: 'a line of it that says little\n',
  name: 'part.of.it.',
  path: 'part/of/it/',
};

function filled(filler: Place['filler'], chars: number): string {
  const unit = UNITS[filler];
  return unit.repeat(Math.ceil(Math.max(0, chars) / unit.length)).slice(0, Math.max(0, chars));
}

/** Between the text and the secret: what may stand before a token there. */
const GAPS = { words: ' ', lines: ' ', name: '.', path: '/' };

/** @param where of the secret the boundary lies: 0 at its first character, 1 behind its last one. */
export function plant(place: Place, kind: PlantKind, boundary: number, where: number, seed: number): PlantedPage {
  const { text, hidden } = kind.make(seed);
  const gap = GAPS[place.filler];
  const before = filled(place.filler, boundary - Math.round(text.length * where) - gap.length);
  // Names are left out from a length on: what follows would take the secret along.
  const behind =
    place.filler === 'name' || place.filler === 'path' ? '' : `${gap}${filled(place.filler, (seed % 5) * 900)}`;
  const word = drawn('letters', 12, seed);
  return {
    what: `${kind.name} in ${place.name}`,
    via: place.via,
    input: place.put(`${before}${gap}${text}${behind}`, word),
    hidden,
    key: word,
  };
}

export const plantedPages: fc.Arbitrary<PlantedPage> = fc.constantFrom(...PLACES).chain((place) =>
  fc
    .record({
      kind: fc.constantFrom(...place.kinds),
      boundary: fc.constantFrom(...place.boundaries),
      where: fc.double({ min: -0.05, max: 1.05, noNaN: true }),
      seed: fc.integer({ min: 1, max: 1_000_000 }),
    })
    .map(({ kind, boundary, where, seed }) => plant(place, kind, boundary, where, seed)),
);

/** A planted page as its capture reads it. */
export function sightingOf(page: PlantedPage, nowMs: number, priority: Priority): Sighting {
  const { attributes = {}, ...rest } = page.input as { attributes?: Record<string, unknown> };
  const said = { 'pager.dedup_key': page.key, 'pager.priority': priority };
  switch (page.via) {
    case 'page':
      return readPage({ dedupKey: page.key, priority, ...rest, attributes }, { nowMs });
    case 'pino':
      return readPinoLine({ level: 50, name: 'log', ...said, ...rest }, {}, nowMs);
    case 'otel':
      return readLogRecord(toLogRecord(page, priority), nowMs);
  }
}

/** The log record of a page that comes as one. */
export function toLogRecord({ input, key }: PlantedPage, priority: Priority): ReadableLogRecord {
  const { logger = 'log', service = 'shop', attributes, ...record } = input as Readonly<Record<string, string>>;
  return {
    hrTime: [1_750_000_000, 0],
    severityNumber: 17,
    body: key,
    ...record,
    attributes: { ...(attributes as unknown as object), 'pager.dedup_key': key, 'pager.priority': priority },
    instrumentationScope: { name: logger },
    resource: { attributes: { 'service.name': service } },
  };
}
