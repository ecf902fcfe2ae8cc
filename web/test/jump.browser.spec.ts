import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { PER_FILE } from '../../test/support/api-test.js';
import type { TestServer, TestUser } from '../../test/support/test-server.js';
import { post, row, say } from './support/rows.ts';
import { webTest } from './support/web-test.ts';

/** A conversation whose last message replies to its 30th. */
async function writeConversation(
  server: TestServer,
  owner: TestUser,
  count: number,
  others: readonly TestUser[] = [],
): Promise<string> {
  const id = await server.createConversation(owner, others);
  let quoted = '';
  for (let number = 1; number <= count; number += 1) {
    const sent = await post(
      server,
      owner,
      id,
      number % 7 ? `Message ${number}.` : `Message ${number}.\n`.repeat(3),
    );
    if (number === 30) quoted = sent;
  }
  await post(server, owner, id, 'As said', { replyToId: quoted });
  return id;
}

const it = webTest
  /** More than one page lies between its last message and the one to which that replies. */
  .extend('long', PER_FILE, ({ server, owner }) => writeConversation(server, owner, 130));

const focused = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-seq]')?.dataset['seq']);

/** How far the middle of a message is from that of the window. */
const offCentre = (page: Page, seq: number): Promise<number> =>
  page.evaluate((number) => {
    const [middle, frame] = [`[data-seq="${number}"]`, '[data-messages]'].map((selector) => {
      const { top = NaN, height = NaN } = document.querySelector(selector)?.getBoundingClientRect() ?? {};
      return top + height / 2;
    });
    return Math.abs((middle ?? NaN) - (frame ?? NaN));
  }, seq);

const topOf = (page: Page, text: string): Promise<number | undefined> =>
  row(page, text).evaluate((element) => element.getBoundingClientRect().top);

const highlighted = (page: Page) => page.locator('[data-highlighted]');

/** When something is highlighted from now on, and when that ends: by the clock of the page, however busy the machine is. */
const highlightTimes = (page: Page) =>
  page.evaluateHandle(() => {
    const times: number[] = [];
    new MutationObserver(() => times.push(performance.now())).observe(document, {
      subtree: true,
      attributeFilter: ['data-highlighted'],
    });
    return times;
  });

it('jumps to a message: centred, highlighted for two seconds, with the focus; Back returns to the old place', async ({
  owner,
  long: id,
  openAs,
}) => {
  const page = await openAs(owner, `/c/${id}`);
  await row(page, 'Message 128.').waitFor();
  await page.locator('[data-messages]').hover();
  await page.mouse.wheel(0, -10);
  await row(page, 'As said').getByRole('link').waitFor();
  await page.getByRole('button', { name: 'To the newest message' }).waitFor();
  const before = await topOf(page, 'Message 128.');
  const times = await highlightTimes(page);
  await row(page, 'As said').getByRole('link').click();
  await highlighted(page).waitFor();
  await page.waitForURL(`**/c/${id}/m/30`);
  expect(await focused(page)).toBe('30');
  expect(await page.evaluate(() => document.activeElement?.localName)).toBe('article');
  expect(await offCentre(page, 30)).toBeLessThanOrEqual(1);
  await highlighted(page).waitFor({ state: 'detached' });
  const [begun = NaN, ended = NaN] = await times.jsonValue();
  expect(ended - begun).toBeGreaterThan(1_900);
  await page.goBack();
  await page.waitForURL(`**/c/${id}`);
  await expect.poll(() => topOf(page, 'Message 128.')).toBeCloseTo(before ?? NaN, 0);
  await page.goForward();
  await highlighted(page).waitFor();
  expect(await offCentre(page, 30)).toBeLessThanOrEqual(1);
});

it('opens a conversation at the message of an address, and shows nothing else before', async ({
  server,
  owner,
  long: id,
  logInAs,
}) => {
  const page = await logInAs(owner);
  const windows: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/messages/window')) windows.push(new URL(request.url()).search);
  });
  await page.goto(`${server.url}/c/${id}/m/60`);
  await highlighted(page).waitFor();
  expect(await focused(page)).toBe('60');
  expect(await offCentre(page, 60)).toBeLessThanOrEqual(1);
  expect(windows[0]).toContain('around=60');
});

it('a jump that fails leaves the view, the address and the focus as they are, and says why', async ({
  owner,
  long: id,
  openAs,
  pageErrors,
}) => {
  const page = await openAs(owner, `/c/${id}`);
  const quote = row(page, 'As said').getByRole('link');
  await quote.waitFor();
  await page.getByRole('navigation').getByRole('listitem').first().waitFor();
  await page.context().setOffline(true);
  const before = await topOf(page, 'Message 128.');
  await quote.click();
  await page.getByText('The server does not answer. Try again.').waitFor();
  expect(await topOf(page, 'Message 128.')).toBeCloseTo(before ?? NaN, 0);
  await expect.poll(() => new URL(page.url()).pathname).toBe(`/c/${id}`);
  expect(await quote.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.context().setOffline(false);
  await quote.click();
  await page.waitForURL(`**/c/${id}/m/30`);
  await page.close();
  expect(pageErrors.splice(0).filter((error) => !error.includes('net::ERR_INTERNET_DISCONNECTED'))).toEqual(
    [],
  );
});

it('what is loaded for the first time has its place; older messages that could not be loaded are told, and tried again', async ({
  server,
  owner,
  long: id,
  logInAs,
  pageErrors,
}) => {
  const page = await logInAs(owner);
  const isSeen = Promise.withResolvers<void>();
  let asked = 0;
  await page.route('**/messages/window?**', async (route) => {
    asked += 1;
    if (asked > 1) return route.abort();
    await isSeen.promise;
    return route.continue();
  });
  await page.goto(`${server.url}/c/${id}`);
  await page.locator('[data-skeleton]').waitFor();
  isSeen.resolve();
  await row(page, 'Message 128.').waitFor();
  expect(await page.locator('[data-skeleton]').count()).toBe(0);
  const top = page.locator('[data-messages]');
  await top.evaluate((box) => box.scrollTo(0, 0));
  const main = page.getByRole('main');
  await main.getByText('Further messages could not be loaded.').waitFor();
  const first = await topOf(page, 'Message 128.');
  expect(await page.getByRole('article').count()).toBeGreaterThan(30);
  await page.unrouteAll();
  await main.getByRole('button', { name: 'Try again' }).click();
  await row(page, 'Message 60.').waitFor({ state: 'attached' });
  await main.getByText('Further messages could not be loaded.').waitFor({ state: 'detached' });
  expect(await top.evaluate((box) => box === document.activeElement)).toBe(true);
  expect(await topOf(page, 'Message 128.')).toBeCloseTo(first ?? NaN, 0);
  expect(pageErrors.splice(0).filter((error) => !error.includes('ERR_FAILED'))).toEqual([]);
});

it('an address of a message that is not there leads to the conversation, and says so', async ({
  server,
  owner,
  show,
}) => {
  const id = await server.createConversation(owner);
  await post(server, owner, id, 'The only one');
  const page = await show(owner, `/c/${id}/m/500`);
  await page.getByText('This message is not there any more.').waitFor();
  await page.waitForURL(`**/c/${id}`);
  await row(page, 'The only one').waitFor();
});

it('counts behind the button only what has come since one left the end; what one sends oneself leads there', async ({
  server,
  owner,
  member,
  show,
}) => {
  const id = await writeConversation(server, owner, 60, [member]);
  const page = await show(owner, `/c/${id}`);
  await row(page, 'As said').waitFor();
  await page.locator('[data-messages]').hover();
  await page.mouse.wheel(0, -2_000);
  const button = page.getByRole('button', { name: 'To the newest message' });
  await button.waitFor();
  expect(await button.innerText()).toBe('');
  const before = await page.locator('[data-messages]').evaluate(({ scrollTop }) => scrollTop);
  await post(server, member, id, 'One more');
  await post(server, member, id, 'Another one');
  await button.getByText('2 new messages').waitFor();
  expect(await page.locator('[data-messages]').evaluate(({ scrollTop }) => scrollTop)).toBe(before);
  await say(page, 'Here I am');
  await row(page, 'Here I am').waitFor();
  await button.waitFor({ state: 'detached' });
});

it('a conversation that one returns to is shown from memory: where it was left, and nothing is loaded before', async ({
  server,
  owner,
  long: id,
  show,
}) => {
  const other = await server.createConversation(owner);
  await post(server, owner, other, 'Elsewhere');
  const page = await show(owner, `/c/${id}`);
  await row(page, 'As said').waitFor();
  await page.locator('[data-messages]').hover();
  await page.mouse.wheel(0, -700);
  await page.getByRole('button', { name: 'To the newest message' }).waitFor();
  const before = await topOf(page, 'Message 120.');
  const links = page.getByRole('navigation');
  await links.locator(`a[href="/c/${other}"]`).click();
  await row(page, 'Elsewhere').waitFor();
  // In the frame after the click.
  const shown = await links.locator(`a[href="/c/${id}"]`).evaluate(async (link: HTMLElement) => {
    const { fetch } = globalThis;
    let requests = 0;
    globalThis.fetch = (...args) => {
      requests += 1;
      return fetch(...args);
    };
    link.click();
    await new Promise(requestAnimationFrame);
    globalThis.fetch = fetch;
    return {
      requests,
      rows: document.querySelectorAll('article').length,
      states: document.querySelectorAll('main [aria-busy=true], main progress').length,
    };
  });
  expect(shown.rows).toBeGreaterThan(10);
  expect([shown.states, shown.requests]).toEqual([0, 0]);
  await expect.poll(() => topOf(page, 'Message 120.')).toBeCloseTo(before ?? NaN, 0);
});
