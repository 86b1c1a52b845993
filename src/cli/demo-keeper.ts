import type { Sandbox } from '../sandbox/sandbox.ts';
import type { CommandHost } from './command-host.ts';
import type { Shop, ShopEnd } from './demo-shop.ts';

/** How long a shop that has died stays away. */
const PAUSE_MS = 2_000;

/**
 * Keeps the shop open, as a supervisor would: whenever it dies it is started again after a short pause, at the same address. Says
 * once what can be tried, and the process id after each start. Ends when it is stopped.
 *
 * @param open starts the shop; with a port, on that one
 */
export async function keepOpen(
  open: (port?: number) => Shop,
  sandbox: Pick<Sandbox, 'url'>,
  host: Pick<CommandHost, 'clock' | 'stdout'>,
  stopped: AbortSignal,
): Promise<void> {
  const { clock, stdout } = host;
  const { style } = stdout;
  let url: string | undefined;
  while (!stopped.aborted) {
    const shop = open(url === undefined ? undefined : Number(new URL(url).port));
    const isOpen = await Promise.race([shop.ready.catch(() => undefined), whenAborted(stopped)]);
    if (isOpen !== undefined && url === undefined)
      printWhatToTry({ sandbox: sandbox.url, shop: isOpen }, shop.pid, host);
    else if (isOpen !== undefined) stdout.line(`  The shop is open again: ${style.cyan(`kill -9 ${shop.pid}`)}`);
    url ??= isOpen;
    const end = await Promise.race([shop.ended, whenAborted(stopped)]);
    if (stopped.aborted || end === undefined) return;
    stdout.line(`  The shop died ${inWords(end)}; it starts again in ${PAUSE_MS / 1_000} s`);
    await clock.sleep(PAUSE_MS, stopped);
  }
}

function inWords({ code, signal }: ShopEnd): string {
  return signal === null ? `with exit code ${code}` : `by ${signal}`;
}

/** What whoever has watched may do next. */
function printWhatToTry(
  urls: { readonly sandbox: string; readonly shop: string },
  pid: number | undefined,
  { stdout }: Pick<CommandHost, 'stdout'>,
): void {
  const { style } = stdout;
  const code = (text: string): string => style.cyan(text);
  stdout.line();
  stdout.line(style.bold('Try it yourself; whenever the shop dies, it is started again:'));
  stdout.line('  1. Turn Discord off on the page ("Outage"), and break something:');
  stdout.line(`       ${code(`curl -X POST ${urls.shop}/ledger/close`)}`);
  stdout.line(`       ${code(`curl ${urls.shop}/products/2`)}`);
  stdout.line('  2. Kill the shop. Its pages are on its disk, and its next start takes them up:');
  stdout.line(`       ${code(`kill -9 ${pid}`)}`);
  stdout.line('  3. Turn Discord on: nothing was lost. From half a minute on a page says how late it is');
  stdout.line('  A crash loop is one message that counts. Again and again:');
  stdout.line(`       ${code(`curl ${urls.shop}/imports -d '[{"id":3}]'`)}`);
  stdout.line('  "Inspect" a message: the lock screen, its requests, what it said before each edit');
  stdout.line(`  Your own application: ${code('npx discord-pager sandbox -- node app.js')}`);
  stdout.line(style.dim('Ctrl-C ends the demo.'));
}

/** Resolves when the signal aborts. */
export function whenAborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    else signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}
