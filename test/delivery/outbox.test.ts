import { describe, expect, it } from 'vitest';
import type { Notice } from '../../src/delivery/notice.ts';
import { Outbox } from '../../src/delivery/outbox.ts';
import type { Priority } from '../../src/priority.ts';
import { makeIncident } from '../support/alerts.ts';

function notice(priority: Priority, incident = makeIncident({ priority })): Notice {
  return { incident, reason: 'first', priority, enqueuedAtMs: 0, capturedAtMs: 0, form: 'full' };
}

describe('the outbox', () => {
  it('gives the most urgent first, in order of arrival within a priority', () => {
    const outbox = new Outbox();
    const [p2, p0, p1a, p1b] = [notice('P2'), notice('P0'), notice('P1'), notice('P1')] as const;
    for (const each of [p2, p0, p1a, p1b]) outbox.push(each);
    expect(outbox.head).toBe('P0');
    expect(outbox.take(10)).toEqual([p0]);
    expect(outbox.take(10)).toEqual([p1a, p1b]);
    expect(outbox.take(10)).toEqual([p2]);
    expect(outbox.head).toBeUndefined();
  });

  it('never mixes the classes P0, P1 and silent, but the silent priorities share', () => {
    const outbox = new Outbox();
    const silent = [notice('P2'), notice('P3'), notice('DEV')];
    for (const each of silent) outbox.push(each);
    expect(outbox.take(10)).toEqual(silent);
  });

  it('holds an incident once: the newer notice takes the place of the older', () => {
    const outbox = new Outbox();
    const incident = makeIncident();
    outbox.push(notice('P1', incident));
    const escalated = notice('P0', incident);
    outbox.push(escalated);
    expect(outbox.size).toBe(1);
    expect(outbox.take(10)).toEqual([escalated]);
  });

  it('when full, loses the newest of the least urgent', () => {
    const outbox = new Outbox(3);
    const [p1, p3a, p3b, p0] = [notice('P1'), notice('P3'), notice('P3'), notice('P0')] as const;
    for (const each of [p1, p3a, p3b]) expect(outbox.push(each)).toBeUndefined();
    expect(outbox.push(p0)).toBe(p3b);
    const late = notice('DEV');
    expect(outbox.push(late)).toBe(late);
    expect(outbox.takeAll()).toEqual([p0, p1, p3a]);
  });

  it('puts back what could not be sent to where it stood', () => {
    const outbox = new Outbox();
    const [a, b, c] = [notice('P1'), notice('P1'), notice('P1')] as const;
    for (const each of [a, b, c]) outbox.push(each);
    const taken = outbox.take(2);
    outbox.putBack(taken);
    expect(outbox.take(3)).toEqual([a, b, c]);
  });

  it('does not put back what a newer notice has replaced meanwhile', () => {
    const outbox = new Outbox();
    const incident = makeIncident();
    outbox.push(notice('P1', incident));
    const taken = outbox.take(1);
    const newer = notice('P0', incident);
    outbox.push(newer);
    outbox.putBack(taken);
    expect(outbox.takeAll()).toEqual([newer]);
  });

  it('takes only notices of one form into a message', () => {
    const outbox = new Outbox();
    const [plain, full] = [notice('P1'), notice('P1')] as const;
    plain.form = 'plain';
    outbox.push(plain);
    outbox.push(full);
    expect(outbox.take(10)).toEqual([plain]);
    expect(outbox.take(10)).toEqual([full]);
  });
});
