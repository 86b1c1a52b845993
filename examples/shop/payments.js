// The one place of the shop that says a word to the pager: only it knows when its trouble is over. Any record can, by attributes.
import { setTimeout as sleep } from 'node:timers/promises';

const SLOW_MS = 500;
let isSlow = false;

export async function pay({ amount, providerDelayMs = 20 }, log) {
  const startedMs = performance.now();
  await sleep(providerDelayMs);
  const tookMs = Math.round(performance.now() - startedMs);
  if (tookMs > SLOW_MS) {
    isSlow = true;
    log.warn({ amount, took_ms: tookMs, 'pager.dedup_key': 'payments-slow' }, 'payment provider answers slowly');
  } else if (isSlow) {
    isSlow = false;
    log.info({ 'pager.dedup_key': 'payments-slow', 'pager.action': 'resolve' }, 'payment provider is fast again');
  }
}
