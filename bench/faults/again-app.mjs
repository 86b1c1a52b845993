// The same service started again: takes up what was left, and ends once nothing waits any more. Arguments: webhook, state directory.
import { createPager } from '../../dist/index.js';
import { nowMs, sleep } from '../clock.mjs';

const [url, stateDir] = process.argv.slice(2);
const pager = createPager({ webhooks: { default: url }, stateDir });
const deadlineMs = nowMs() + 90_000;
do {
  await pager.flush({ timeoutMs: 5_000 });
  await sleep(100);
} while (pager.stats().queued > 0 && nowMs() < deadlineMs);
console.log(JSON.stringify(pager.stats()));
await pager.shutdown();
