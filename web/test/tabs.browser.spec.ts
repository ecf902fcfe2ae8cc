import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { PER_FILE } from '../../test/support/api-test.js';
import { TestServer, type TestUser } from '../../test/support/test-server.js';
import { composer, row, say } from './support/rows.ts';
import { webTest } from './support/web-test.ts';

/** Seconds for which an access token is valid: a slow machine has not loaded the page before the first one needs to be renewed. */
const LIFETIME = 8;
const PASSWORD = 'correct horse battery';

const it = webTest.extend('server', PER_FILE, async ({ variables }, { onCleanup }) => {
  const server = await TestServer.start(variables, undefined, {}, { JWT_ACCESS_EXPIRATION: LIFETIME });
  onCleanup(() => server.stop());
  return server;
});

/** Another session of somebody, whose tokens are valid for as long as all. */
async function logIn(server: TestServer, { email, id }: TestUser): Promise<TestUser> {
  const { body } = await server.call('POST', '/auth/login', { body: { email, password: PASSWORD } });
  return { id, email, token: body.accessToken };
}

async function openTab(page: Page, path: string): Promise<Page> {
  const tab = await page.context().newPage();
  await tab.goto(new URL(path, page.url()).href);
  await composer(tab).waitFor();
  return tab;
}

const again = (page: Page) => page.getByRole('button', { name: 'Log in again' });

it('tokens that expire are renewed, and nobody notices', async ({ server, openAs }) => {
  const ada = await server.signUp('Ada');
  const id = await server.createConversation(ada);
  const page = await openAs(ada, `/c/${id}`);
  await composer(page).waitFor();
  const tab = await openTab(page, `/c/${id}`);
  let refreshes = 0;
  page.context().on('response', (response) => {
    if (response.url().endsWith('/auth/refresh')) refreshes += 1;
  });
  for (const round of [1, 2]) {
    await expect.poll(() => refreshes).toBeGreaterThanOrEqual(round);
    await say(page, `first ${round}`);
    await row(tab, `first ${round}`).waitFor();
    await say(tab, `second ${round}`);
    await row(page, `second ${round}`).waitFor();
  }
  expect(await page.getByRole('article').count()).toBe(4);
});

it('a session that is revoked elsewhere ends in all tabs within a second, and leaves nothing for the next user', async ({
  server,
  logInAs,
  pageErrors,
}) => {
  const ada = await server.signUp('Ada');
  const id = await server.createConversation(ada);
  const page = await logInAs(ada);
  await page.clock.install();
  await page.goto(`${server.url}/c/${id}`);
  await say(page, 'a secret of Ada');
  const tab = await openTab(page, `/c/${id}`);
  await row(tab, 'a secret of Ada').waitFor();
  await composer(tab).fill('a draft of Ada');
  const { token } = await logIn(server, ada);
  const { body } = await server.call('GET', '/auth/sessions', { token });
  const own = (body.data as { id: string; current: boolean }[]).filter(({ current }) => !current);
  // They wait for nothing but what the server tells them, however busy the machine is: the second never passes.
  await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 1_000);
  for (const session of own) await server.call('DELETE', `/auth/sessions/${session.id}`, { token });
  await Promise.all([page, tab].map((each) => again(each).waitFor()));
  await page.clock.resume();
  for (const each of [page, tab]) expect(await each.locator('body').innerText()).not.toMatch(/secret|draft/);
  const carol = await server.signUp('Carol');
  await again(page).click();
  await page.getByLabel('E-mail', { exact: true }).fill(carol.email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.keyboard.press('Enter');
  for (const each of [page, tab]) {
    await each
      .getByText('No conversations yet')
      .or(each.getByText('not there, or you are no member'))
      .first()
      .waitFor();
    expect(await each.evaluate(() => document.title + document.body.innerText)).not.toMatch(
      /Ada|secret|draft/,
    );
  }
  pageErrors.splice(0);
});
