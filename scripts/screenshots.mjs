// Takes the pictures of the documentation from the demo, in Chromium: npm run screenshots
// Wants fonts for what is shown: on Debian fonts-noto-core, fonts-noto-mono, fonts-noto-color-emoji and fonts-ipafont-gothic.
import { cpSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('../', import.meta.url));
const images = join(root, 'docs/images');
mkdirSync(images, { recursive: true });

// The shop runs from a folder of its own: its stack traces are in the pictures. One that is there already is somebody's: it throws.
const folder = join(tmpdir(), 'shop');
mkdirSync(folder);
for (const name of ['dist', 'examples/shop', 'package.json'])
  cpSync(join(root, name), join(folder, name), { recursive: true });
symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
const dist = (file) => import(pathToFileURL(join(folder, 'dist', file)).href);
const { runCommandLine } = await dist('cli/program.js');
const { createStyle } = await dist('cli/terminal.js');
const { systemClock } = await dist('clock.js');

let text = '';
let stop = () => {};
const terminal = {
  style: createStyle(1),
  isTerminal: true,
  columns: 100,
  isClosed: false,
  write: (more) => {
    text += more;
  },
  line: (line = '') => terminal.write(`${line}\n`),
  drained: async () => {},
};
const host = {
  env: { PATH: process.env.PATH },
  stdin: process.stdin,
  stdout: terminal,
  stderr: terminal,
  // Nobody watches, so the pauses for the eye are left out.
  clock: { ...systemClock, sleep: (ms, signal) => systemClock.sleep(signal === undefined ? 0 : ms, signal) },
  facts: { platform: process.platform, homeDir: '', hostname: hostname(), cwd: folder },
  isAtTerminal: true,
  onStop(listener) {
    stop = () => listener('SIGINT');
    return () => {};
  },
};
const ended = runCommandLine(['demo'], host);
for (let tries = 0; tries < 1_800 && !text.includes('Ctrl-C ends'); tries++)
  await new Promise((done) => setTimeout(done, 100));
const url = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0];
console.log(text);

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
const message = (page, words) => page.getByRole('article').filter({ hasText: words }).first();

async function take(name, { width, height, theme }, prepare) {
  const page = await browser.newPage({
    viewport: { width, height },
    colorScheme: theme,
    locale: 'en-GB',
    deviceScaleFactor: width < 500 ? 2 : 1.5,
    reducedMotion: 'reduce',
  });
  await page.goto(url);
  await message(page, "reading 'trim'").waitFor();
  await prepare(page);
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.activeElement?.blur());
  await page.screenshot({ path: join(images, `${name}.png`) });
  await page.close();
}

for (const theme of ['dark', 'light']) {
  const wide = { width: 1280, height: 800, theme };
  const hero = { width: 1280, height: 848, theme };
  await take(`demo-${theme}`, hero, async (page) => {
    await page.getByRole('link', { name: 'p0' }).click();
    await message(page, "reading 'trim'").getByRole('button', { name: 'Inspect' }).click();
    await page.getByText('It rings for everybody it mentions.').waitFor();
    await page.locator('.list').evaluate((list) => list.scrollTo(0, list.scrollHeight));
  });
  await take(`sandbox-1280-${theme}`, wide, async (page) => {
    await page.getByRole('link', { name: 'alerts' }).click();
    await message(page, '×300').getByRole('button', { name: 'Inspect' }).click();
    await page.getByRole('tab', { name: 'Requests' }).click();
    await page.locator('.request-card').first().waitFor();
    await message(page, '×300').evaluate((one) => one.scrollIntoView({ block: 'start' }));
  });
  await take(`sandbox-390-${theme}`, { width: 390, height: 844, theme }, async (page) => {
    await message(page, 'ledger does not balance').evaluate((one) => one.scrollIntoView({ block: 'start' }));
  });
}
await browser.close();
stop();
await ended;
rmSync(folder, { recursive: true, force: true });
console.log(readdirSync(images).join('\n'));
