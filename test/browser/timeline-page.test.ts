import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createPager } from '../../dist/index.js';
import { type Sandbox, startSandbox } from '../../dist/sandbox/sandbox.js';
import { patch, post, remove, v10 } from '../discord-emulator/calls.ts';
import { axeViolations, HAS_CHROMIUM, launchChromium } from '../support/chromium.ts';

/** The page in a real browser, as somebody who watches it sees it. */
describe.runIf(HAS_CHROMIUM)('the timeline', { timeout: 40_000 }, () => {
  let browser: Browser;
  let sandbox: Sandbox;
  let page: Page;
  let alerts: string;
  let complaints: string[];

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  beforeEach(async () => {
    sandbox = await startSandbox({
      port: 0,
      channels: ['alerts', 'p0', 'deploys'],
      rules: { bucket: { limit: 1_000, windowMs: 1_000 }, channelBudget: 'off' },
    });
    alerts = v10(sandbox.environment['DISCORD_PAGER_WEBHOOK_URL'] ?? '');
  });
  afterEach(async () => {
    await page?.context().close();
    await sandbox.close();
    expect(complaints).toEqual([]);
  });

  async function open(options: { width?: number; theme?: 'dark' | 'light'; hash?: string } = {}): Promise<void> {
    const { width = 1280, theme = 'dark', hash = '' } = options;
    const context = await browser.newContext({
      viewport: { width, height: width < 500 ? 844 : 800 },
      colorScheme: theme,
      locale: 'en-GB',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    page = await context.newPage();
    complaints = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('request', (request) => {
      if (new URL(request.url()).origin !== sandbox.url && !request.url().startsWith('data:'))
        complaints.push(`asked the network: ${request.url()}`);
    });
    await page.goto(`${sandbox.url}/${hash}`);
    await page.locator('.connection.is-live').waitFor({ state: 'attached' });
  }

  const articles = (): Locator => page.getByRole('article');
  const message = (text: string): Locator => articles().filter({ hasText: text });
  const hello = (content: string, more: object = {}): object => ({ content, allowed_mentions: { parse: [] }, ...more });

  async function postAndGetId(body: object, url = alerts): Promise<string> {
    return (await post(`${url}?wait=true`, body)).body.id;
  }

  /** What an application pages: a repeated error, a P0, a success, a resolved warning, a stack too long for a message. */
  async function pageEverything(): Promise<void> {
    const pager = createPager({
      worker: 'off',
      enabled: true,
      stateDir: 'none',
      bootCheck: 'off',
      editInterval: '100ms',
      env: {
        ...sandbox.environment,
        OTEL_SERVICE_NAME: 'shop',
        DISCORD_PAGER_RUNBOOK_URL: 'https://wiki.example.com/{service}',
      },
    });
    for (let i = 0; i < 20; i++) {
      pager.page({ error: new TypeError('no price') });
      // The first is on its way before the others come: they are edited into its message.
      if (i === 0) await pager.flush();
    }
    pager.page({ title: 'ledger does not balance', priority: 'P0', message: 'text of a user: @everyone **free**' });
    pager.page({
      title: 'shop 1.4.3 is live',
      priority: 'P3',
      channel: 'deploys',
      attributes: { 'pager.outcome': 'success' },
    });
    pager.page({ title: 'disk almost full', priority: 'P2', dedupKey: 'disk', fields: { free: '3 %' } });
    const long = new Error(`first ${'x'.repeat(200)}`, { cause: new Error('the cause at the end') });
    long.stack += Array.from({ length: 400 }, (_, i) => `\n    at step${i} (/srv/shop/lib/file${i}.js:${i}:1)`).join(
      '',
    );
    pager.page({ error: long });
    await pager.flush();
    pager.resolve('disk');
    await pager.flush();
    await pager.shutdown();
  }

  describe('messages', () => {
    it('stand in their channels as the pager writes them', async () => {
      await pageEverything();
      await open();
      await expect.poll(() => articles().count()).toBe(5);

      const burst = message('no price');
      await burst.getByText('🟠 P1 shop · TypeError: no price').waitFor();
      await burst.getByText('TypeError: no price ×20').waitFor();
      await burst.getByText('(edited)').waitFor();
      expect(await burst.locator('pre').textContent()).toContain('at pageEverything');
      expect(await burst.locator('.embed').evaluate((embed) => getComputedStyle(embed).borderLeftColor)).toBe(
        'rgb(255, 136, 0)',
      );
      expect(await burst.getByRole('link', { name: 'Runbook' }).getAttribute('href')).toBe(
        'https://wiki.example.com/shop',
      );
      await burst
        .getByText(/^(?:now|\d+ seconds? ago)$/)
        .first()
        .waitFor();

      const fatal = message('ledger does not balance');
      expect(await fatal.locator('.content .mention').allInnerTexts()).toEqual(['@everyone']);
      await fatal.getByText('push, pings').waitFor();
      // What a user wrote is neither a mention nor bold.
      await fatal.locator('.embed').getByText('text of a user: @everyone **free**').waitFor();
      expect(await fatal.locator('.embed .mention, .embed strong').count()).toBe(0);

      const resolved = message('disk almost full');
      expect(await resolved.locator('s').innerText()).toBe('disk almost full');
      await resolved.getByText('silent').waitFor();

      const cut = message('the cause at the end');
      const download = page.waitForEvent('download');
      await cut.getByRole('link', { name: /\.txt$/ }).click();
      const file = await (await download).createReadStream();
      let text = '';
      for await (const chunk of file) text += chunk;
      expect(text).toContain('at step399');
    });

    it('a digest says what it stands for, and shows its list when somebody asks', async () => {
      const pager = createPager({
        webhooks: { default: sandbox.environment['DISCORD_PAGER_WEBHOOK_URL'] ?? '' },
        stateDir: 'none',
      });
      const outage = sandbox.discord.fault({ kind: 'outage' });
      const letters = [...'abcdefghijklmnopqrstuvwxyz'];
      for (const one of letters)
        for (const other of ['x', 'y', 'z']) {
          pager.page({ title: `sold out: ${one}${one}${other}`, priority: 'P2' });
        }
      await sandbox.discord.waitForRequests((all) => all.some(({ outcome }) => outcome === 'cut'));
      outage.end();
      await sandbox.discord.waitForMessages((all) => all.some(({ attachments }) => attachments.length > 0), 10_000);
      await pager.shutdown();
      await open();

      const digest = message(' incidents, ');
      await digest.getByText(/^incidents-\w+\.txt$/).waitFor();
      await digest.getByText(/^\d\.\d KB$/).waitFor();
      expect(await digest.locator('.attachment-text').count()).toBe(0);
      await digest.getByRole('button', { name: /^Show incidents-/ }).click();
      await digest.locator('.attachment-text').getByText('sold out: zzz').waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await digest.getByRole('button', { name: /^Hide incidents-/ }).click();
      expect(await digest.locator('.attachment-text').count()).toBe(0);
    });

    it('inline fields stand beside each other, three in a row, two in a row of two', async () => {
      const fields = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ name, value: `value ${name}`, inline: true }));
      await post(alerts, {
        embeds: [{ title: 't', fields: [...fields, { name: 'f', value: 'x'.repeat(200) }] }],
        allowed_mentions: { parse: [] },
      });
      await open();
      const boxes = await page.locator('.embed-field').evaluateAll((all) =>
        all.map((field) => {
          const { left, top, width } = field.getBoundingClientRect();
          return { left: Math.round(left), top: Math.round(top), width: Math.round(width) };
        }),
      );
      const [a, b, c, d, e, f] = boxes;
      expect([b?.top, c?.top]).toEqual([a?.top, a?.top]);
      expect(e?.top).toBe(d?.top);
      expect(d?.left).toBe(a?.left);
      expect(b?.left).toBeLessThan(c?.left ?? 0);
      expect(e?.left).toBeGreaterThan(b?.left ?? 0);
      expect(f?.width).toBeGreaterThan(2 * (d?.width ?? 0));
    });

    it('know Discord’s markdown, and let nothing else through', async () => {
      await post(
        alerts,
        hello(
          '<img src=x onerror=alert(1)> [a](https://a.example) [b](javascript:alert%281%29) <t:1700000000:D> ||hidden||\n- one\n- two',
        ),
      );
      await open();
      const content = page.locator('.content').first();
      expect(await content.locator('img').count()).toBe(0);
      await content.getByText('<img src=x onerror=alert(1)>').waitFor();
      expect(await content.getByRole('link').allInnerTexts()).toEqual(['a']);
      expect(await content.getByRole('link').getAttribute('rel')).toContain('noopener');
      expect(await content.locator('time').innerText()).toBe('14 November 2023');
      expect(await content.locator('li').allInnerTexts()).toEqual(['one', 'two']);
      await content.getByRole('button', { name: 'Show the spoiler' }).click();
      expect(await content.getByRole('button').count()).toBe(0);
    });
  });

  describe('what happens while somebody watches', () => {
    it('appears at once: new, edited, without its mention, deleted', async () => {
      await open();
      await page.getByText('Nothing has been paged yet').waitFor();
      const mention = { content: 'down @everyone', allowed_mentions: { parse: ['everyone'] } };
      const id = await postAndGetId(mention);
      await message('down').waitFor();
      expect(await message('down').getAttribute('class')).toContain('is-mention');
      await patch(`${alerts}/messages/${id}`, hello('down, counted'));
      await message('down, counted').getByText('an edit took the mention away').waitFor();
      expect(await message('down').getAttribute('class')).not.toContain('is-mention');
      await remove(`${alerts}/messages/${id}`);
      await page.getByText('Nothing has been paged yet').waitFor();
    });

    it('is said to a screen reader', async () => {
      await open();
      await post(alerts, hello('🔴 P0 shop · down'));
      await expect.poll(() => page.locator('[aria-live]').innerText()).toBe('#alerts: 🔴 P0 shop · down');
    });

    it('is taken along at the end of the list, and counted further up', async () => {
      for (let i = 0; i < 30; i++) await post(alerts, hello(`line ${i}`));
      await open();
      await message('line 29').waitFor();
      await post(alerts, hello('newest'));
      await expect.poll(() => message('newest').isVisible()).toBe(true);
      const list = page.locator('.list');
      const atEnd = (): Promise<boolean> =>
        list.evaluate((one) => one.scrollHeight - one.scrollTop - one.clientHeight < 5);
      await expect.poll(atEnd).toBe(true);
      await list.evaluate((one) => {
        one.scrollTop = 0;
      });
      await expect.poll(atEnd).toBe(false);
      await post(alerts, hello('unseen'));
      await page.getByRole('button', { name: '1 new message below' }).click();
      await expect.poll(atEnd).toBe(true);
    });

    it('a thread stands below its channel', async () => {
      await sandbox.close();
      sandbox = await startSandbox({
        port: 0,
        forums: ['incidents'],
      });
      await open();
      const forum = v10(sandbox.discord.webhookUrl('incidents'));
      await post(`${forum}?wait=true`, hello('first of the post', { thread_name: 'disk full' }));
      await page.getByRole('link', { name: 'disk full' }).click();
      await message('first of the post').waitFor();
      expect(page.url()).toMatch(/#\/thread\/\d+$/);
      await page.getByRole('link', { name: 'incidents' }).click();
      await expect.poll(() => articles().count()).toBe(0);
    });

    it('a cut connection is said, and mended by itself', async () => {
      await open();
      const { port } = new URL(sandbox.url);
      await sandbox.close();
      await page.getByText('not connected').waitFor();
      complaints.length = 0;
      sandbox = await startSandbox({ port: Number(port) });
      await page.getByText('live', { exact: true }).waitFor({ timeout: 15_000 });
      await post(v10(sandbox.environment['DISCORD_PAGER_WEBHOOK_URL'] ?? ''), hello('after the restart'));
      await message('after the restart').waitFor();
      complaints = complaints.filter(
        (text) => !text.includes('ERR_CONNECTION_REFUSED') && !text.includes('ERR_INCOMPLETE'),
      );
    });
  });

  describe('finding', () => {
    it('by channel, with what is unseen counted', async () => {
      await open({ hash: `#/channel/${sandbox.discord.channelId('alerts')}` });
      await post(v10(sandbox.discord.webhookUrl('deploys')), hello('shop is live'));
      await post(v10(sandbox.discord.webhookUrl('p0')), {
        content: 'x @everyone',
        allowed_mentions: { parse: ['everyone'] },
      });
      await page.getByRole('link', { name: 'deploys 1 new' }).waitFor();
      await page.getByRole('link', { name: 'p0 1 pings' }).click();
      expect(await articles().allInnerTexts()).toEqual([expect.stringContaining('x @everyone')]);
      await expect.poll(() => page.getByRole('link', { name: 'p0' }).innerText()).toBe('p0');
      await page.goBack();
      await page.getByRole('heading', { name: 'alerts' }).waitFor();
      await page.getByRole('link', { name: 'All channels' }).click();
      await expect.poll(() => articles().count()).toBe(2);
    });

    it('by priority and by words', async () => {
      await pageEverything();
      await open();
      await expect.poll(() => articles().count()).toBe(5);
      await page.getByRole('button', { name: 'P0' }).click();
      await expect.poll(() => articles().count()).toBe(1);
      expect(await page.getByRole('button', { name: 'P0' }).getAttribute('aria-pressed')).toBe('true');
      await page.getByRole('button', { name: 'P1' }).click();
      await expect.poll(() => articles().count()).toBe(3);
      await page.getByRole('searchbox').fill('price');
      await expect.poll(() => articles().count()).toBe(1);
      await page.getByRole('searchbox').fill('no such thing');
      await page.getByText('No message matches.').waitFor();
    });
  });

  describe('behind a message', () => {
    it('stand its requests with headers and payload, and every earlier version', async () => {
      const id = await postAndGetId(hello('first'));
      await patch(`${alerts}/messages/${id}`, hello('second'));
      await open();
      await message('second').getByRole('button', { name: 'Inspect' }).click();
      await page.getByRole('tab', { name: 'Requests 2' }).click();
      const request = page.getByRole('region', { name: 'Request 2' });
      await request.getByText('PATCH').waitFor();
      await request.getByText('x-ratelimit-remaining').waitFor();
      await request.getByText('Payload').click();
      expect(JSON.parse(await request.locator('pre').innerText())).toEqual(hello('second'));
      await page.getByRole('tab', { name: 'Versions 2' }).click();
      await expect.poll(() => page.locator('.versions .content').allInnerTexts()).toEqual(['second (edited)', 'first']);
      await patch(`${alerts}/messages/${id}`, hello('third'));
      await page.getByRole('tab', { name: 'Versions 3' }).waitFor();
      await expect.poll(() => page.locator('.versions .content').first().innerText()).toBe('third (edited)');
    });

    it('stands what a locked telephone shows', async () => {
      await pageEverything();
      await open();
      await message('ledger').getByRole('button', { name: 'Inspect' }).click();
      const phone = page.getByRole('tabpanel', { name: 'Phone' });
      expect(await phone.locator('.phone-body').innerText()).toBe('🔴 P0 shop · ledger does not balance @everyone');
      await phone.getByText('It rings for everybody it mentions.').waitFor();
      await message('shop 1.4.3').getByRole('button', { name: 'Inspect' }).click();
      await phone.getByText('no notification').waitFor();
    });

    it('refused requests are in the list of all', async () => {
      await post(alerts, hello(''));
      await open({ hash: '#/requests' });
      await page.getByRole('row').filter({ hasText: '400' }).getByText('breaks a rule').waitFor();
      await page.getByRole('button', { name: 'POST #alerts' }).click();
      await page.getByRole('region', { name: 'Request 1' }).getByText('Cannot send an empty message').last().waitFor();
    });
  });

  describe('the switches', () => {
    it('turn Discord off and on, and say so everywhere', async () => {
      await open();
      const outage = page.getByRole('switch', { name: 'Outage' });
      await outage.click();
      await expect.poll(() => outage.getAttribute('aria-checked')).toBe('true');
      await expect(post(alerts, hello('lost'))).rejects.toThrow();
      const second = await page.context().newPage();
      await second.goto(sandbox.url);
      await expect.poll(() => second.getByRole('switch', { name: 'Outage' }).getAttribute('aria-checked')).toBe('true');
      await second.close();
      await outage.click();
      await expect.poll(() => outage.getAttribute('aria-checked')).toBe('false');
      expect((await post(alerts, hello('back'))).status).toBe(204);
      await page.getByRole('link', { name: 'Requests' }).click();
      await page.getByRole('row').filter({ hasText: 'cut off' }).getByText('outage').waitFor();
    });

    it('delete the webhook of the channel that was chosen', async () => {
      await open();
      await page.getByRole('combobox').selectOption({ label: '#p0' });
      await page.getByRole('switch', { name: 'Webhook deleted' }).click();
      await expect.poll(async () => (await post(v10(sandbox.discord.webhookUrl('p0')), hello('x'))).status).toBe(404);
      expect((await post(alerts, hello('x'))).status).toBe(204);
    });

    it('a visitor sees the promise kept: an outage, and every page when it is over', async () => {
      await open();
      const pager = createPager({
        worker: 'off',
        enabled: true,
        stateDir: 'none',
        bootCheck: 'off',
        env: { ...sandbox.environment, OTEL_SERVICE_NAME: 'shop' },
      });
      const outage = page.getByRole('switch', { name: 'Outage' });
      await outage.click();
      await expect.poll(() => outage.getAttribute('aria-checked')).toBe('true');
      pager.page({ title: 'one during the outage' });
      pager.page({ title: 'two during the outage', priority: 'P0' });
      await page.getByRole('link', { name: 'Requests' }).click();
      await page.getByRole('cell', { name: 'cut off' }).first().waitFor();
      await outage.click();
      await page.getByRole('link', { name: 'All channels' }).click();
      await message('two during the outage').waitFor({ timeout: 20_000 });
      await message('one during the outage').waitFor({ timeout: 20_000 });
      await pager.shutdown();
    });

    it('everything can be cleared', async () => {
      await post(alerts, hello('x'));
      await open();
      await message('x').waitFor();
      await page.getByRole('button', { name: 'Clear everything' }).click();
      await page.getByText('Nothing has been paged yet').waitFor();
    });
  });

  describe('by keyboard', () => {
    it('from message to message, behind it and back', async () => {
      for (const text of ['one', 'two', 'three']) await post(alerts, hello(text));
      await open();
      await message('three').focus();
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('k');
      const focusedMessage = (): Promise<string | undefined> =>
        page.evaluate(() => document.querySelector('article:focus')?.textContent ?? undefined);
      await expect.poll(focusedMessage).toContain('one');
      await page.keyboard.press('End');
      await page.keyboard.press('Enter');
      const focused = (): Promise<string | null | undefined> =>
        page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent);
      await expect.poll(focused).toBe('Close');
      await page.keyboard.press('Tab');
      await page.keyboard.press('ArrowRight');
      await expect.poll(() => page.getByRole('tab', { name: 'Requests' }).getAttribute('aria-selected')).toBe('true');
      await page.keyboard.press('Escape');
      await expect.poll(() => page.getByRole('complementary').count()).toBe(0);
      await expect.poll(focusedMessage).toContain('three');
      await page.keyboard.press('/');
      await page.keyboard.type('two');
      await expect.poll(() => articles().count()).toBe(1);
      await page.keyboard.press('Escape');
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY');
    });

    it('every control is reached, and every reached one is seen', async () => {
      await pageEverything();
      await open();
      await expect.poll(() => articles().count()).toBe(5);
      const reached = new Set<string>();
      for (let i = 0; i < 60; i++) {
        await page.keyboard.press('Tab');
        const focus = await page.evaluate(() => {
          const element = document.activeElement as HTMLElement;
          const name = element.getAttribute('aria-label') ?? element.textContent ?? '';
          return { name: `${element.tagName} ${name}`.slice(0, 40), outline: getComputedStyle(element).outlineStyle };
        });
        if (focus.name.startsWith('BODY')) continue;
        expect(focus, focus.name).toMatchObject({ outline: expect.stringMatching(/solid|auto/) });
        reached.add(focus.name);
      }
      const names = [...reached].join('\n');
      for (const name of ['Light theme', 'All channels', 'Outage', 'Webhook deleted', 'Clear everything', 'P0', 'Copy'])
        expect(names).toContain(name);
    });
  });

  describe('looks', () => {
    it('is dark or light as the system is, until somebody chooses', async () => {
      await open({ theme: 'light' });
      const theme = (): Promise<string | undefined> => page.evaluate(() => document.documentElement.dataset['theme']);
      expect(await theme()).toBe('light');
      await page.getByRole('button', { name: 'Dark theme' }).click();
      await expect.poll(theme).toBe('dark');
      await page.reload();
      await page.locator('.connection.is-live').waitFor({ state: 'attached' });
      expect(await theme()).toBe('dark');
    });

    it('copies the line that points an application here', async () => {
      await open();
      const line = `export DISCORD_PAGER_WEBHOOK_URL=${sandbox.environment['DISCORD_PAGER_WEBHOOK_URL']}`;
      await page
        .getByRole('button', { name: /^Copy: export DISCORD_PAGER_WEBHOOK_URL/ })
        .first()
        .click();
      await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(line);
    });

    it('copies under an address of the network too, where browsers give no clipboard', async () => {
      await open();
      const line = `export DISCORD_PAGER_WEBHOOK_URL=${sandbox.environment['DISCORD_PAGER_WEBHOOK_URL']}`;
      const clipboard = await page.evaluateHandle(() => navigator.clipboard);
      await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
      await page
        .getByRole('button', { name: /^Copy: export DISCORD_PAGER_WEBHOOK_URL/ })
        .first()
        .click();
      await page.getByText('copied', { exact: true }).waitFor();
      expect(await clipboard.evaluate((one) => one.readText())).toBe(line);
    });

    it('fits a telephone: nothing scrolls sideways, menu and panel cover the list', async () => {
      await pageEverything();
      await post(alerts, hello('W'.repeat(1_900)));
      await open({ width: 390 });
      await message('WWW').waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
      expect(await page.locator('.list').evaluate((list) => list.scrollWidth <= list.clientWidth)).toBe(true);
      expect(await page.getByRole('link', { name: 'deploys' }).isVisible()).toBe(false);
      await page.getByRole('button', { name: 'Channels and switches' }).click();
      await page.getByRole('link', { name: 'deploys' }).click();
      await message('shop 1.4.3').waitFor();
      expect(await page.getByRole('link', { name: 'deploys' }).isVisible()).toBe(false);
      await message('shop 1.4.3').getByRole('button', { name: 'Inspect' }).click();
      const panel = await page.getByRole('complementary').boundingBox();
      expect(panel).toMatchObject({ x: 0, width: 390 });
      await page.getByRole('button', { name: 'Close', exact: true }).click();
      await message('shop 1.4.3').waitFor();
    });

    describe.each([
      [1280, 'dark'],
      [1280, 'light'],
      [390, 'dark'],
      [390, 'light'],
    ] as const)('at %i pixels, %s', (width, theme) => {
      it('axe finds nothing: empty, full, with panel, menu and requests', async () => {
        await open({ width, theme });
        await page.getByText('Nothing has been paged yet').waitFor();
        expect(await axeViolations(page)).toEqual([]);

        await pageEverything();
        await postAndGetId(
          hello('# A heading\n> a quote with `code`, ||spoiler|| and [a link](https://a.example)\n- a point'),
        );
        await sandbox.discord.waitForMessages(6);
        await expect.poll(() => articles().count()).toBe(6);
        expect(await axeViolations(page)).toEqual([]);

        for (const tab of ['Phone', 'Requests', 'Versions']) {
          if (tab === 'Phone') await message('no price').getByRole('button', { name: 'Inspect' }).click();
          await page.getByRole('tab', { name: tab }).click();
          if (tab === 'Requests') await page.locator('.json summary').first().click();
          expect(await axeViolations(page)).toEqual([]);
        }
        await page.getByRole('button', { name: 'Close', exact: true }).click();

        if (width < 500) await page.getByRole('button', { name: 'Channels and switches' }).click();
        const outage = page.getByRole('switch', { name: 'Outage' });
        await outage.click();
        await expect.poll(() => outage.getAttribute('aria-checked')).toBe('true');
        expect(await axeViolations(page)).toEqual([]);
        await post(alerts, hello('lost')).catch(() => undefined);
        await page.getByRole('link', { name: 'Requests' }).click();
        await page.getByRole('cell', { name: 'cut off' }).first().waitFor();
        expect(await axeViolations(page)).toEqual([]);
      });
    });
  });
});
