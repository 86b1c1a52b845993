import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';

/** Where distributions put it; `CHROMIUM_PATH` names another. */
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/snap/bin/chromium'];

const executablePath = process.env['CHROMIUM_PATH'] ?? PLACES.find((path) => existsSync(path));

/** False where there is no Chromium; then tests that need it are skipped, unless `REQUIRE_CHROMIUM` says that there has to be one. */
export const HAS_CHROMIUM: boolean = executablePath !== undefined || process.env['REQUIRE_CHROMIUM'] === '1';

/** A browser without a network beyond this machine. */
export function launchChromium(): Promise<Browser> {
  if (executablePath === undefined) throw new Error('no Chromium: install it, or set CHROMIUM_PATH');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong on the page as it stands, one line each; empty is what a test wants to see. */
export async function axeViolations(page: Page): Promise<string[]> {
  // The page's own policy allows no foreign script in it, so it is run beside it.
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { target: unknown; failureSummary?: string }[] }[] }> };
    };
    const { violations } = await axe.run();
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(
        ({ target, failureSummary }) => `${id}: ${String(target)}: ${failureSummary?.split('\n')[1]?.trim() ?? ''}`,
      ),
    );
  });
}
