// Copies a folder to the backup disk every night, and tries again while that does not work. From cron:
//   15 2 * * *  cd /srv/backup && node backup.js /srv/data /mnt/backup
import { access, constants, cp } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createPager } from 'otel-discord-pager';

const TRIES = 60;
const TRY_EVERY_MS = 5_000;
/** The identity of the incident: every failed try counts up the same message. */
const INCIDENT = 'nightly-backup';

const [source, disk] = process.argv.slice(2);
if (source === undefined || disk === undefined) {
  console.error('usage: node backup.js <folder> <backup disk>');
  process.exit(2);
}

// Reads DISCORD_PAGER_WEBHOOK_URL and the other DISCORD_PAGER_… variables.
const pager = createPager({ serviceName: 'backup', environment: 'production' });

const stop = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => stop.abort());

process.exitCode = (await backUp()) ? 0 : 1;

// Waits until Discord has the pages, but not forever.
const { dropped } = await pager.flush({ timeoutMs: 10_000 });
if (dropped > 0) console.error(`${dropped} page(s) could not be delivered`);
await pager.shutdown();

async function backUp() {
  for (let tries = 1; tries <= TRIES; tries++) {
    try {
      const copy = await copyToDisk();
      console.log(`${source} is saved in ${copy}`);
      if (tries > 1) pager.resolve(INCIDENT);
      return true;
    } catch (error) {
      console.error(`try ${tries} failed: ${error.message}`);
      pager.page({ title: 'Nightly backup failed', error, dedupKey: INCIDENT, fields: { folder: source, disk } });
    }
    try {
      if (tries < TRIES) await sleep(TRY_EVERY_MS, undefined, { signal: stop.signal });
    } catch {
      console.error('stopped before it worked');
      return false;
    }
  }
  return false;
}

async function copyToDisk() {
  // Where no disk is mounted, a copy would make a folder of that name instead.
  await access(disk, constants.W_OK);
  const today = new Date().toISOString().slice(0, 10);
  const copy = join(disk, today);
  await cp(source, copy, { recursive: true });
  return copy;
}
