import { describe, expect, it } from 'vitest';
import { type HttpAnswer, readAnswer, type WaitUnit } from '../../src/delivery/response.ts';

const API = { via: '1.1 google' };
const RATE = {
  'x-ratelimit-limit': '5',
  'x-ratelimit-remaining': '0',
  'x-ratelimit-reset-after': '1.5',
  'x-ratelimit-bucket': 'b',
};

function answer(status: number, body: unknown, headers: Record<string, string> = {}): HttpAnswer {
  return {
    status,
    headers,
    text: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
  };
}

describe('an answer of a webhook route', () => {
  const cases: [name: string, given: HttpAnswer, expected: object, unit?: WaitUnit][] = [
    [
      '200 with a message',
      answer(200, { id: '1', channel_id: '2' }),
      { kind: 'delivered', messageId: '1', channelId: '2' },
    ],
    ['204', answer(204, ''), { kind: 'delivered' }],
    ['200 cut short stands all the same', answer(200, undefined), { kind: 'delivered' }],
    ['200 with damaged JSON stands all the same', answer(200, '{"id":"1"'), { kind: 'delivered' }],
    [
      '429 of the bucket, fractional seconds',
      answer(
        429,
        { message: 'x', retry_after: 0.412, global: false },
        { ...API, ...RATE, 'retry-after': '1', 'x-ratelimit-scope': 'user' },
      ),
      { kind: 'throttled', scope: 'bucket', retryAfterMs: 1500 },
    ],
    [
      '429 of the bucket without headers',
      answer(429, { message: 'x', retry_after: 0.412, global: false }, API),
      { kind: 'throttled', scope: 'bucket', retryAfterMs: 412 },
    ],
    [
      '429 of an unversioned path says milliseconds',
      answer(429, { message: 'x', retry_after: 1412, global: false }, API),
      { kind: 'throttled', scope: 'bucket', retryAfterMs: 1412 },
      'milliseconds',
    ],
    [
      '429 of the hidden channel budget, by scope',
      answer(429, { retry_after: 41.2 }, { ...API, 'x-ratelimit-scope': 'shared', 'retry-after': '42' }),
      { kind: 'throttled', scope: 'channel', retryAfterMs: 42_000 },
    ],
    [
      '429 of the hidden channel budget, by what remains',
      answer(429, { retry_after: 41.2 }, { ...API, ...RATE, 'x-ratelimit-remaining': '3' }),
      { kind: 'throttled', scope: 'channel', retryAfterMs: 41_200 },
    ],
    [
      '429 global by header',
      answer(429, { retry_after: 2 }, { ...API, 'x-ratelimit-global': 'true' }),
      { kind: 'throttled', scope: 'global', retryAfterMs: 2000 },
    ],
    [
      '429 global by body',
      answer(429, { retry_after: 2, global: true }),
      { kind: 'throttled', scope: 'global', retryAfterMs: 2000 },
    ],
    [
      '429 for old messages',
      answer(429, { retry_after: 3, code: 30046 }, API),
      { kind: 'throttled', scope: 'old_message', retryAfterMs: 3000 },
    ],
    [
      '429 with a wait of nothing',
      answer(429, { retry_after: 0 }, API),
      { kind: 'throttled', scope: 'bucket', retryAfterMs: 250 },
    ],
    [
      '429 as JSON from the edge',
      answer(429, { code: 0, message: 'You are being blocked' }),
      { kind: 'throttled', scope: 'edge', retryAfterMs: 60_000 },
    ],
    [
      '429 as text from the edge',
      answer(429, 'error code: 1015'),
      { kind: 'throttled', scope: 'edge', retryAfterMs: 60_000 },
    ],
    [
      '429 as HTML from the edge with a wait',
      answer(429, '<html>', { 'retry-after': '3600' }),
      { kind: 'throttled', scope: 'edge', retryAfterMs: 3_600_000 },
    ],
    ['403 of the edge', answer(403, 'error code: 1010'), { kind: 'throttled', scope: 'edge', retryAfterMs: 600_000 }],
    [
      '403 of the edge as JSON',
      answer(403, { message: 'internal network error', code: 40333 }),
      { kind: 'throttled', scope: 'edge' },
    ],
    [
      '500',
      answer(500, { message: '500: Internal Server Error', code: 0 }),
      { kind: 'retryable', reason: 'server_error', ambiguous: true },
    ],
    ['502 took nothing', answer(502, '<html>'), { kind: 'retryable', reason: 'server_error', ambiguous: false }],
    ['522 HTML', answer(522, '<html>'), { kind: 'retryable', reason: 'server_error', ambiguous: true }],
    [
      '404 webhook',
      answer(404, { code: 10015, message: 'Unknown Webhook' }),
      { kind: 'rejected', reason: 'webhook_gone', code: 10015 },
    ],
    [
      '404 message',
      answer(404, { code: 10008, message: 'Unknown Message' }),
      { kind: 'rejected', reason: 'message_gone' },
    ],
    ['404 thread', answer(404, { code: 10003 }), { kind: 'rejected', reason: 'channel_gone' }],
    [
      '404 route',
      answer(404, { code: 0, message: '404: Not Found' }),
      { kind: 'rejected', reason: 'endpoint_unknown' },
    ],
    ['404 HTML', answer(404, '<html>'), { kind: 'rejected', reason: 'endpoint_unknown' }],
    ['401 token', answer(401, { code: 50027 }), { kind: 'rejected', reason: 'unauthorized' }],
    ['403 permission', answer(403, { code: 50013 }), { kind: 'rejected', reason: 'forbidden' }],
    [
      '400 form',
      answer(400, { code: 50035, errors: {} }),
      { kind: 'rejected', reason: 'invalid_payload', code: 50035 },
    ],
    ['400 of an old version', answer(400, { embeds: ['0'] }), { kind: 'rejected', reason: 'invalid_payload' }],
    ['400 forum', answer(400, { code: 220001 }), { kind: 'rejected', reason: 'thread_required' }],
    ['400 forum with tags', answer(400, { code: 40067 }), { kind: 'rejected', reason: 'forum_channel' }],
    ['400 no forum any more', answer(400, { code: 220003 }), { kind: 'rejected', reason: 'not_a_forum' }],
    ['400 archived', answer(400, { code: 50083 }), { kind: 'rejected', reason: 'thread_archived' }],
    ['400 AutoMod', answer(400, { code: 200000 }), { kind: 'rejected', reason: 'filtered' }],
    ['413', answer(413, { code: 40005 }), { kind: 'rejected', reason: 'too_large' }],
    ['413 of a proxy', answer(413, '<html>'), { kind: 'rejected', reason: 'too_large' }],
  ];

  it.each(cases)('%s', (_name, given, expected, unit = 'seconds') => {
    expect(readAnswer(given, unit)).toMatchObject(expected);
  });

  it('never quotes a body', () => {
    const result = readAnswer(answer(400, { code: 50035, message: 'token-in-the-echo' }), 'seconds');
    expect(JSON.stringify(result)).not.toContain('token-in-the-echo');
  });
});
