import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import type {
  Contribution,
  IncidentStore,
  IncidentStoreListener,
  Inheritance,
} from '../../src/pipeline/incident-store.ts';
import { type StateFiles, systemFiles } from '../../src/state/files.ts';
import { toRecordLine } from '../../src/state/record-lines.ts';
import { clearSpool } from '../../src/state/spool.ts';
import { makeIncident, makeRedacted } from '../support/alerts.ts';
import { type DirectoryStores, openStores } from '../support/stores.ts';

const root = mkdtempSync(join(tmpdir(), 'pager-directory-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const HOOK = '11111111111111111';
const OTHER_HOOK = '22222222222222222';

let path: string;
let stores: DirectoryStores;
beforeEach(() => {
  path = mkdtempSync(join(root, 'state-'));
  stores = openStores(path);
});

const open = (
  given: { readonly files?: StateFiles; readonly webhookIds?: readonly string[]; readonly service?: string } = {},
) => stores.open({ webhookIds: [HOOK], ...given });
const shelf = (...names: string[]): string => join(path, 'incidents-1', HOOK, ...names);
const realMs = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const incidentsOf = (inherited: readonly Inheritance[]) =>
  inherited.flatMap(({ incidents }) => incidents.map(({ incident }) => incident));

/** Waits while the clock goes on as the world does. */
async function inTime<T>(promise: Promise<T>): Promise<T> {
  let isDone = false;
  const done = promise.finally(() => {
    isDone = true;
  });
  while (!isDone) {
    await realMs(5);
    await stores.advance(10);
  }
  return done;
}

function listen(store: IncidentStore, given: Partial<IncidentStoreListener> = {}): string[] {
  const failures: string[] = [];
  store.start({
    inherited: () => undefined,
    contributed: () => undefined,
    requested: () => undefined,
    failed: (reason) => failures.push(reason),
    damaged: () => undefined,
    unsaved: () => undefined,
    ...given,
  });
  return failures;
}

function contribution(given: Partial<Contribution> = {}): Contribution {
  const alert = makeRedacted();
  return { fingerprint: 'f', action: 'trigger', count: 3, firstMs: 1, lastMs: 2, priority: 'P1', alert, ...given };
}

/** A member that had these incidents and was killed. */
async function dead(...fingerprints: string[]): Promise<void> {
  const member = await open();
  for (const fingerprint of fingerprints) {
    await member.claim(HOOK, fingerprint);
    member.put(HOOK, makeIncident({ fingerprint, pendingSinceMs: 1 }));
  }
  await member.flush();
  await stores.kill(member);
}

describe('claims', () => {
  it('of which nobody knows anything any more go to one of all that ask at once', async () => {
    const a = await open();
    await a.claim(HOOK, 'f');
    await stores.kill(a);
    for (const { settled } of await (await open()).adopt()) await settled();
    const members = await Promise.all(Array.from({ length: 6 }, () => open()));
    const claims = await inTime(Promise.all(members.map((member) => member.claim(HOOK, 'f'))));
    expect(claims.filter(({ kind }) => kind === 'ours')).toHaveLength(1);
  });

  it('that a fault of the machine has emptied, or filled with zeros, are given anew, and nothing is said', async () => {
    const [a, b] = [await open(), await open()];
    const failures = listen(a);
    for (const content of ['', '\0'.repeat(20), '../../..', '.', 'm100\0']) {
      await a.claim(HOOK, 'f');
      for (const name of readdirSync(shelf('claims'))) writeFileSync(shelf('claims', name), content);
      expect(await inTime(a.claim(HOOK, 'f'))).toMatchObject({ kind: 'ours' });
      expect(await inTime(b.claim(HOOK, 'f'))).toMatchObject({ kind: 'theirs' });
    }
    expect(failures).toEqual([]);
    await a.close();
  });
});

describe('a disk that is full', () => {
  it('is told of once, until something can be written again', async () => {
    let isFull = true;
    const full = (): void => {
      if (isFull) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    };
    const a = await open({
      files: {
        ...systemFiles,
        createExclusive(file, text) {
          full();
          return systemFiles.createExclusive(file, text);
        },
        append(file, text) {
          full();
          return systemFiles.append(file, text);
        },
        replace(file, text) {
          if (!file.endsWith('member.json')) full();
          return systemFiles.replace(file, text);
        },
      },
    });
    const failures = listen(a);
    for (let i = 0; i < 20; i++) {
      await a.claim(HOOK, `f${i}`);
      a.put(HOOK, makeIncident({ fingerprint: `f${i}`, pendingSinceMs: 1 }));
      await stores.advance(3_000);
      await realMs(5);
    }
    expect(failures).toEqual(['ENOSPC']);
    isFull = false;
    await stores.advance(31_000);
    await realMs(50);
    await stores.advance(31_000);
    await realMs(50);
    isFull = true;
    await a.claim(HOOK, 'later');
    expect(failures).toEqual(['ENOSPC', 'ENOSPC']);
    await a.close();
  });
});

describe('an heir that takes long', () => {
  const slow: StateFiles = {
    ...systemFiles,
    async replace(file, text) {
      if (file.includes('/claims/')) await realMs(400);
      await systemFiles.replace(file, text);
    },
  };

  it('has what it inherits all the same', async () => {
    await dead('e', 'f', 'g');
    const heir = await open({ files: slow });
    const adopted = heir.adopt();
    await realMs(50);
    const claim = await inTime((await open()).claim(HOOK, 'g'));
    expect(claim.kind).toBe('theirs');
    expect(incidentsOf(await adopted)).toHaveLength(3);
  });

  it('answers its own claims after it has said what it inherited', async () => {
    await dead('e', 'f', 'g');
    const heir = await open({ files: slow });
    const order: string[] = [];
    const adopted = heir.adopt().then(async (inherited) => {
      order.push('adopted');
      for (const { settled } of inherited) await settled();
    });
    await realMs(50);
    const claimed = heir.claim(HOOK, 'e').then(() => order.push('claimed'));
    await inTime(Promise.all([adopted, claimed]));
    expect(order).toEqual(['adopted', 'claimed']);
  });
});

describe('what was left', () => {
  it('is not lost when its log was damaged and its heir is killed at once', async () => {
    await dead('f', 'g');
    const [member = ''] = readdirSync(shelf('members'));
    appendFileSync(shelf('members', member, 'log'), 'damage\n');
    const heir = await open();
    expect(incidentsOf(await heir.adopt())).toHaveLength(2);
    await stores.kill(heir);
    expect(incidentsOf(await (await open()).adopt())).toHaveLength(2);
  });

  it('is counted once when the disk was full for its heir', async () => {
    const a = await open();
    await a.claim(HOOK, 'f');
    const b = await open();
    expect(await b.forward(HOOK, 'm100', contribution())).toBe(true);
    await stores.kill(a);
    let isFull = true;
    const full = (): void => {
      if (isFull) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    };
    const heir = await open({
      files: {
        ...systemFiles,
        async append(file, text) {
          full();
          await systemFiles.append(file, text);
        },
        async replace(file, text) {
          if (file.endsWith('/log')) full();
          await systemFiles.replace(file, text);
        },
      },
    });
    listen(heir);
    const inherited = await heir.adopt();
    expect(inherited.flatMap(({ contributions }) => contributions)).toHaveLength(1);
    heir.put(HOOK, makeIncident({ fingerprint: 'f', count: 4 }));
    for (const { settled } of inherited) await settled();
    isFull = false;
    for (let i = 0; i < 10; i++) {
      await stores.advance(5_000);
      await realMs(10);
    }
    await stores.kill(heir);
    const next = await (await open()).adopt();
    expect(incidentsOf(next)).toMatchObject([{ count: 4 }]);
    expect(next.flatMap(({ contributions }) => contributions)).toEqual([]);
  });

  it('is passed over where it makes no sense, whatever its checksum says', async () => {
    await dead('f');
    const [member = ''] = readdirSync(shelf('members'));
    const good = makeIncident({ fingerprint: 'g' });
    const error = { type: 'E', message: 'm' };
    for (const bad of [
      { alert: { ...good.alert, origin: { service: 5 } } },
      { alert: { ...good.alert, error: { ...error, stack: 5 } } },
      { alert: { ...good.alert, title: {} } },
      { alert: { ...good.alert, fields: 'x' } },
      { alert: { ...good.alert, url: 7 } },
      { shown: 'x' },
      { affected: { instances: 5 } },
      { escalatedBy: 1 },
      { message: { webhookId: HOOK, messageId: '1', position: 'x', of: 3 } },
      { owner: { webhookId: HOOK, member: 'm' } },
      { firingSinceMs: 'x' },
    ]) {
      const record = JSON.stringify({ v: 1, at: 1, full: { ...good, fingerprint: JSON.stringify(bad), ...bad } });
      appendFileSync(shelf('members', member, 'log'), toRecordLine(record));
    }
    expect(incidentsOf(await (await open()).adopt()).map(({ fingerprint }) => fingerprint)).toEqual(['f']);
  });
});

describe('what is written down', () => {
  it('holds no hash of what stood in an alert before it was redacted', async () => {
    const [a, b] = [await open(), await open()];
    const alert = makeRedacted({ repeatKey: 8_765_432_109_876 });
    a.put(HOOK, makeIncident({ fingerprint: 'f', alert }));
    await a.flush();
    await b.forward(HOOK, 'm100', contribution({ alert }));
    const written = [
      readFileSync(shelf('members', 'm100', 'log'), 'utf8'),
      ...readdirSync(shelf('members', 'm100', 'inbox')).map((name) =>
        readFileSync(shelf('members', 'm100', 'inbox', name), 'utf8'),
      ),
    ];
    expect(written.map((text) => text.includes('something broke'))).toEqual([true, true]);
    expect(written.join()).not.toContain('8765432109876');
  });
});

describe('clearing what waits', () => {
  it('leaves what was counted elsewhere of an incident that was shown', async () => {
    const [a, b] = [await open(), await open()];
    await a.claim(HOOK, 'f');
    a.put(HOOK, makeIncident({ fingerprint: 'f', message: { webhookId: HOOK, messageId: '1' } }));
    a.put(HOOK, makeIncident({ fingerprint: 'waits', pendingSinceMs: 1 }));
    await b.forward(HOOK, 'm100', contribution({ count: 5 }));
    await a.close();
    expect(await clearSpool(path, systemClock)).toEqual({ cleared: 1, running: 0 });
    const next = await (await open()).adopt();
    expect(incidentsOf(next).map(({ fingerprint }) => fingerprint)).toEqual(['f']);
    expect(next.flatMap(({ contributions }) => contributions)).toMatchObject([{ fingerprint: 'f', count: 5 }]);
  });
});

describe('a member that ends', () => {
  it('keeps what it is just being told', async () => {
    let isSlow = true;
    const a = await open({
      files: {
        ...systemFiles,
        async remove(file) {
          if (isSlow) await realMs(150);
          await systemFiles.remove(file);
        },
      },
    });
    listen(a, { contributed: ([one]) => a.put(HOOK, makeIncident({ fingerprint: 'f', count: one?.count ?? 0 })) });
    const b = await open();
    await b.forward(HOOK, 'm100', contribution({ count: 9 }));
    await stores.advance(5_000);
    await realMs(50);
    await a.close();
    isSlow = false;
    await realMs(200);
    await stores.kill(a);
    expect(incidentsOf(await (await open()).adopt())).toMatchObject([{ count: 9 }]);
  });
});

describe('the start of a service', () => {
  it('is known under whichever webhook it was', async () => {
    const before = stores.now();
    await stores.advance(1_000);
    const a = await open({ webhookIds: [HOOK, OTHER_HOOK] });
    await open({ service: 'mail' });
    await stores.open({ webhookIds: [OTHER_HOOK], service: 'shop' });
    await a.adopt();
    expect(a.hasStartedSince('mail', undefined, before)).toBe(true);
    expect(a.hasStartedSince('shop', undefined, before)).toBe(true);
  });
});
