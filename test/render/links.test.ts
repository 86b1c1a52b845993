import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isButtonUrl, linksOf, messageUrl, toButtonRow } from '../../src/render/links.ts';
import { makeAlert } from './builders.ts';

const ref = { webhookId: '1', messageId: '323456789012345678' };

describe('linksOf', () => {
  it('fills templates, percent-encoded', () => {
    const alert = makeAlert({
      traceId: 'abc',
      spanId: 'def',
      origin: { service: 'pay/ments & co', environment: 'prod' },
    });
    const links = linksOf(alert, 'k3', {
      traceUrl: 'https://t.example.com/{trace_id}/{span_id}',
      logsUrl: 'https://l.example.com/?q={service}&e={environment}',
      runbookUrl: 'https://r.example.com/{incident}',
    });
    expect(links).toEqual([
      { label: 'Trace', url: 'https://t.example.com/abc/def' },
      { label: 'Logs', url: 'https://l.example.com/?q=pay%2Fments%20%26%20co&e=prod' },
      { label: 'Runbook', url: 'https://r.example.com/k3' },
    ]);
  });

  it('leaves out a template that the alert has no value for', () => {
    const templates = { traceUrl: 'https://t.example.com/{trace_id}', logsUrl: 'https://l.example.com/{service}' };
    expect(linksOf(makeAlert({ origin: {} }), 'k3', templates)).toEqual([]);
  });

  it('prefers what the alert says itself, unless that is no link', () => {
    const templates = { runbookUrl: 'https://r.example.com/all' };
    const own = makeAlert({ url: 'https://ci.example.com/run/1', runbookUrl: 'https://r.example.com/own' });
    expect(linksOf(own, 'k3', templates).map(({ url }) => url)).toEqual([
      'https://ci.example.com/run/1',
      'https://r.example.com/own',
    ]);
    expect(linksOf(makeAlert({ runbookUrl: 'see wiki' }), 'k3', templates)).toEqual([
      { label: 'Runbook', url: 'https://r.example.com/all' },
    ]);
  });

  it.each([
    'javascript:alert(1)',
    'ftp://host.example.com/x',
    'steam://run/1',
    '//host/x',
    'not a url',
    '',
    'https://user:password@host.example.com/',
    'https://discord.com/api/webhooks/1/token',
    `https://host.example.com/${'x'.repeat(3_000)}`,
  ])('never links to %j', (url) => {
    expect(linksOf(makeAlert({ url }), 'k3', {})).toEqual([]);
  });

  it('gives ASCII that cannot end a masked link, whatever it gets', () => {
    const path = fc.string({ unit: 'binary', maxLength: 60 });
    fc.assert(
      fc.property(path, fc.string({ unit: 'binary' }), (tail, service) => {
        const alert = makeAlert({ url: `https://host.example.com/${tail}`, origin: { service } });
        for (const { url } of linksOf(alert, 'k3', { logsUrl: 'https://l.example.com/{service}' })) {
          expect(url).toMatch(/^https:\/\/[\w\-.~:/?#@!$&*+,;=%]+$/);
        }
      }),
    );
  });
});

describe('toButtonRow', () => {
  it.each([
    ['https://host.example.com/x', true],
    ['http://10.0.0.5:3000/x', true],
    ['http://localhost:3000/x', false],
    ['http://grafana/x', false],
    ['http://[::1]/x', false],
    [`https://host.example.com/${'x'.repeat(487)}`, true],
    [`https://host.example.com/${'x'.repeat(488)}`, false],
  ])('%.60s is a button: %s', (url, expected) => {
    expect(isButtonUrl(url)).toBe(expected);
    expect(toButtonRow([{ label: 'Open', url }]) !== undefined).toBe(expected);
  });
});

describe('messageUrl', () => {
  it('needs guild and channel', () => {
    const known = { ...ref, guildId: '123456789012345678', channelId: '223456789012345678' };
    expect(messageUrl(known)).toBe(
      'https://discord.com/channels/123456789012345678/223456789012345678/323456789012345678',
    );
    expect(messageUrl({ ...known, threadId: '423456789012345678' })).toContain('/423456789012345678/');
    expect(messageUrl(ref)).toBeUndefined();
    expect(messageUrl({ ...known, guildId: '@me' })).toBeUndefined();
  });
});
