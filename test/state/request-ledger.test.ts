import { describe, expect, it } from 'vitest';
import type { StateFiles } from '../../src/state/files.ts';
import { RequestLedger } from '../../src/state/request-ledger.ts';
import { FakeDisk } from '../support/fake-disk.ts';
import { ManualClock } from '../support/manual-clock.ts';

const FILE = '/state/requests';

function bench(): { open: (memberId: string) => RequestLedger; clock: ManualClock; disk: FakeDisk } {
  const disk = new FakeDisk();
  const clock = new ManualClock();
  const files: StateFiles = disk.asFiles;
  return { open: (memberId) => new RequestLedger(FILE, memberId, files, clock), clock, disk };
}

describe('what others have sent', () => {
  it('is told once, with its time, and one’s own is not', async () => {
    const { open, clock } = bench();
    const [a, b] = [open('a'), open('b')];
    const startMs = clock.now();
    await a.note('post');
    await clock.advance(1_000);
    await a.note('edit');
    expect(await b.note('post')).toEqual([
      { kind: 'post', atMs: startMs },
      { kind: 'edit', atMs: startMs + 1_000 },
    ]);
    expect(await b.others()).toEqual([]);
    expect(await a.others()).toEqual([{ kind: 'post', atMs: startMs + 1_000 }]);
  });

  it('is written down as it happens, however long it takes to read what others have sent', async () => {
    const { clock, disk } = bench();
    let reads = 0;
    const files: StateFiles = {
      ...disk.asFiles,
      read() {
        reads++;
        return new Promise(() => undefined);
      },
    };
    const ledger = new RequestLedger(FILE, 'a', files, clock);
    for (let i = 0; i < 5; i++) void ledger.note('post');
    await ledger.written();
    expect(disk.files.get(FILE)?.trim().split('\n')).toHaveLength(5);
    await clock.advance(1);
    expect(reads).toBe(1);
  });

  it('is known to one that is just started, for a minute', async () => {
    const { open, clock } = bench();
    await open('a').note('post');
    await clock.advance(59_000);
    expect(await open('b').others()).toHaveLength(1);
    await clock.advance(2_000);
    expect(await open('c').others()).toEqual([]);
  });

  it('is of no interest for ever: the file stays small', async () => {
    const { open, clock, disk } = bench();
    const ledger = open('a-member-with-a-long-name');
    for (let i = 0; i < 5_000; i++) {
      await ledger.note('post');
      await clock.advance(1_000);
    }
    expect(disk.files.get(FILE)?.length).toBeLessThan(40_000);
  });

  it('is passed over where it makes no sense', async () => {
    const { open, clock, disk } = bench();
    disk.files.set(
      FILE,
      `nonsense\n${clock.now()} delete x\n${clock.now() + 1e9} post x\n\0\0\n${clock.now()} post x\n12`,
    );
    expect(await open('a').others()).toEqual([{ kind: 'post', atMs: clock.now() }]);
  });
});
