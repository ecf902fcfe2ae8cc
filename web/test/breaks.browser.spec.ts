import type { Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { PER_FILE } from '../../test/support/api-test.js';
import { TestServer, type TestUser } from '../../test/support/test-server.js';
import { admit, proxiedTest } from './support/proxied.ts';
import { composer, post, row, say } from './support/rows.ts';

/** Two servers have the same secret. */
const VARIABLES = { WEB: 'on', JWT_ACCESS_SECRET: 'a secret that both servers of this file have' };

const it = proxiedTest.extend('variables', PER_FILE, VARIABLES as Record<string, string>);

const banner = (page: Page) => page.getByText('No connection.');

/** The texts of the rows, from above. */
const texts = (page: Page): Promise<string[]> =>
  page.getByRole('article').locator('[dir=auto]').allInnerTexts();

async function stored(server: TestServer, { token }: TestUser, id: string): Promise<string[]> {
  const { body } = await server.call('GET', `/chat/conversations/${id}/messages?limit=100`, { token });
  return (body.data as { content: string }[]).map(({ content }) => content).toReversed();
}

/** Waits until a page of somebody has a connection to a server. */
const isOnline = (server: TestServer, { id, token }: TestUser) =>
  expect
    .poll(async () => (await server.call('GET', `/users/presence?ids=${id}`, { token })).body)
    .toMatchObject({ presence: [{ status: 'online' }] });

it('a break is told after two seconds, loses nothing that is sent meanwhile, and moves nothing', async ({
  server,
  owner,
  member,
  openThrough,
  pageErrors,
}) => {
  const id = await server.createConversation(owner, [member]);
  for (let index = 1; index <= 30; index += 1) await post(server, member, id, `before ${index}.`);
  const { page, proxy } = await openThrough(owner, `/c/${id}`);
  await row(page, 'before 30.').waitFor();
  const chosen = page.locator('nav li a').first();
  await chosen.waitFor();
  const place = await chosen.boundingBox();
  const begun = performance.now();
  proxy.refuse();
  await banner(page).waitFor();
  expect(performance.now() - begun).toBeGreaterThanOrEqual(2_000);
  expect(await chosen.boundingBox()).toEqual(place);
  for (const text of ['offline 1', 'offline 2', 'offline 3']) await say(page, text);
  await row(page, 'offline 3').waitFor();
  await post(server, member, id, 'missed');
  // How many rows each frame shows, and how far from the end it is after whatever changes the height of the list.
  const frames = await page.evaluateHandle(() => {
    const seen = { rows: [] as number[], toTheEnd: [] as number[] };
    const box = document.querySelector('[data-messages]');
    const look = (): void => {
      seen.rows.push(document.querySelectorAll('article').length);
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    // Observers are called in the order in which they were created: the window's own has been.
    const resized = new ResizeObserver(() => {
      if (box) seen.toTheEnd.push(box.scrollHeight - box.clientHeight - box.scrollTop);
    });
    if (box?.firstElementChild) resized.observe(box.firstElementChild);
    return seen;
  });
  await admit(page, proxy);
  await row(page, 'missed').waitFor();
  await banner(page).waitFor({ state: 'hidden' });
  await expect.poll(() => stored(server, owner, id)).toHaveLength(34);
  await expect.poll(() => texts(page)).toEqual(await stored(server, owner, id));
  const shown = await frames.jsonValue();
  expect(Math.min(...shown.rows)).toBe(33);
  expect(shown.toTheEnd.length).toBeGreaterThan(0);
  expect(Math.max(...shown.toTheEnd)).toBeLessThanOrEqual(1);
  await page.close();
  // What has failed is in the console.
  pageErrors.splice(0);
});

it('a page that was frozen is current within two seconds, without a reload', async ({
  server,
  owner,
  member,
  logInAs,
  pageErrors,
}) => {
  const id = await server.createConversation(owner, [member]);
  const page = await logInAs(owner);
  await page.clock.install();
  await page.goto(`${server.url}/c/${id}`);
  await composer(page).waitFor();
  await page.evaluate(() => Object.assign(globalThis, { isSame: true }));
  // By the clock of the page, which goes on only as the test lets it: an answer of a busy machine takes its own time.
  await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 1_000);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
  await post(server, member, id, 'while she is away');
  await devtools.send('Page.setWebLifecycleState', { state: 'active' });
  await page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
  let passed = 0;
  await expect
    .poll(async () => {
      if (passed < 1_900) await page.clock.runFor(100);
      passed += 100;
      return row(page, 'while she is away').isVisible();
    })
    .toBe(true);
  expect(await page.evaluate(() => 'isSame' in globalThis)).toBe(true);
  pageErrors.splice(0);
});

it('what is sent while a server goes away arrives once, in order, at the next one', async ({
  server,
  owner,
  member,
  openThrough,
  pageErrors,
}) => {
  const id = await server.createConversation(owner, [member]);
  const { connection } = server.database;
  const first = await TestServer.start(VARIABLES, async () => connection);
  onTestFinished(() => first.stop());
  const { page, proxy } = await openThrough(owner, `/c/${id}`);
  await composer(page).waitFor();
  await isOnline(server, owner);
  proxy.leadTo(first.url);
  proxy.cut();
  await isOnline(first, owner);
  const own = Array.from({ length: 20 }, (_, index) => `own ${index + 1}.`);
  for (const text of own.slice(0, 10)) await say(page, text);
  proxy.refuse();
  for (const text of own.slice(10)) await say(page, text);
  proxy.leadTo(server.url);
  await admit(page, proxy);
  await expect.poll(() => stored(server, owner, id)).toEqual(own);
  await expect.poll(() => texts(page)).toEqual(own);
  await expect.poll(() => page.locator('svg[aria-label="Being sent"]').count()).toBe(0);
  await page.close();
  // What has failed is in the console.
  pageErrors.splice(0);
});

it('a tab too many works when another one closes', async ({ server, owner, connect, openAs, pageErrors }) => {
  const id = await server.createConversation(owner);
  const page = await openAs(owner, `/c/${id}`);
  await composer(page).waitFor();
  // One user has at most twenty sockets.
  for (let index = 2; index <= 20; index += 1) await connect(owner);
  const last = await page.context().newPage();
  await last.goto(page.url());
  await banner(last).waitFor();
  await say(last, 'From the last one');
  await page.close();
  await banner(last).waitFor({ state: 'hidden' });
  await expect.poll(() => stored(server, owner, id)).toEqual(['From the last one']);
  await last.close();
  // What was refused is in the console.
  pageErrors.splice(0);
});
