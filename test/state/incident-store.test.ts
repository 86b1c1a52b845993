import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { createMemoryIncidentStoreHub } from '../../src/state/memory-incident-store.ts';
import { openStores } from '../support/stores.ts';
import { describeIncidentStore } from './incident-store.suite.ts';

const root = mkdtempSync(join(tmpdir(), 'pager-stores-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

describeIncidentStore('memory', () => {
  const hub = createMemoryIncidentStoreHub();
  let nowMs = 1_700_000_000_000;
  return Promise.resolve({
    open: (member = {}) =>
      Promise.resolve(hub.open({ webhookIds: member.webhookIds ?? [], service: member.service, startedMs: nowMs })),
    kill(store) {
      hub.kill(store);
      return Promise.resolve();
    },
    advance(ms) {
      nowMs += ms;
      return Promise.resolve();
    },
    now: () => nowMs,
  });
});

describeIncidentStore('a directory', () => Promise.resolve(openStores(mkdtempSync(join(root, 'state-')))));
