import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { PER_FILE } from '../../support/api-test.js';
import { TestServer, type TestUser } from '../../support/test-server.js';
import { chatTest, expectBreaksOnly, logIn, openGroup, PASSWORD, say } from './chat-pages.js';

/** Seconds for which an access token is valid: its end is announced a quarter of it before. */
const LIFETIME = 4;
const WAIT = { timeout: 20_000 };

const it = chatTest
  .extend('server', PER_FILE, async ({ variables }, { onCleanup }) => {
    const server = await TestServer.start(variables, undefined, {}, { JWT_ACCESS_EXPIRATION: LIFETIME });
    onCleanup(() => server.stop());
    return server;
  })
  .extend('profile', ({ openProfile }) => openProfile())
  /** Ada and Bob are in a conversation, which is open in a tab of Ada's. */
  .extend('talk', async ({ server, profile, openChat }) => {
    const [ada, bob] = [await server.signUp('Ada'), await server.signUp('Bob')];
    const id = await server.createConversation(ada, [bob]);
    const tab = await openChat(profile, 'react-chat');
    await logIn(tab, ada);
    await openGroup(tab);
    return { ada, bob, id, tab };
  });

const credentialsOf = ({ email }: TestUser) => ({ body: { email, password: PASSWORD } });

/** The rows of a page, each once. */
async function rowsOf(page: Page): Promise<string[]> {
  const rows = await page
    .locator('[data-key]')
    .evaluateAll((elements) =>
      elements.map((element) => [element.getAttribute('data-key'), (element as HTMLElement).innerText]),
    );
  expect(new Set(rows.map(([key]) => key)).size).toBe(rows.length);
  return rows.map(([, text = null]) => text ?? '');
}

/** Waits until the pages have exactly what the server has, and nothing that waits to be sent. */
async function expectWhole(
  server: TestServer,
  { id, reader, pages }: { id: string; reader: TestUser; pages: readonly Page[] },
): Promise<void> {
  const { body } = await server.call('POST', '/auth/login', credentialsOf(reader));
  const path = `/chat/conversations/${id}/messages?limit=100`;
  const { body: page } = await server.call('GET', path, { token: body.accessToken });
  const stored = (page.data as { sender: { displayName: string }; content: string }[])
    .map(({ sender, content }) => `${sender.displayName}: ${content}`)
    .toReversed();
  for (const shown of pages) {
    await expect.poll(() => rowsOf(shown), WAIT).toEqual(stored);
    const outbox = await shown.evaluate(
      () => Object.entries(localStorage).find(([key]) => key.endsWith(':outbox'))?.[1] as string | undefined,
    );
    expect(outbox ?? '').not.toContain('content');
  }
}

it('a tab that is duplicated stays signed in beside the first one, whoever refreshes', async ({
  server,
  talk: { bob, id, tab },
  pageErrors,
}) => {
  // A window that is opened by a page has a copy of its session storage, as a duplicate has.
  const [copy] = await Promise.all([
    tab.context().waitForEvent('page'),
    tab.evaluate('void open(location.href)'),
  ]);
  await openGroup(copy);
  for (let round = 1; round <= 3; round += 1) {
    await say(tab, `first ${round}`);
    await say(copy, `second ${round}`);
    // Until the tokens that both have now have ended.
    await tab.evaluate((ms) => new Promise((resolve) => setTimeout(resolve, ms)), LIFETIME * 1_000);
  }
  await expectWhole(server, { id, reader: bob, pages: [tab, copy] });
  expect(await rowsOf(copy)).toHaveLength(6);
  expectBreaksOnly(pageErrors);
});

it('a session that is revoked elsewhere ends in all tabs within a second, and leaves nothing for the next user', async ({
  server,
  talk: { ada, tab },
  profile,
  openChat,
  pageErrors,
}) => {
  const other = await openChat(profile, 'react-chat');
  await openGroup(other);
  await say(tab, 'a secret of Ada');
  await other.getByText('a secret of Ada').waitFor();
  await other.getByLabel('Message').fill('a draft of Ada');
  const { body } = await server.call('POST', '/auth/login', credentialsOf(ada));
  const { body: sessions } = await server.call('GET', '/auth/sessions', { token: body.accessToken });
  const own = (sessions.data as { id: string; current: boolean }[]).filter(({ current }) => !current);
  const begun = performance.now();
  for (const { id } of own) await server.call('DELETE', `/auth/sessions/${id}`, { token: body.accessToken });
  await Promise.all([tab, other].map((page) => page.getByPlaceholder('E-mail').waitFor()));
  expect(performance.now() - begun).toBeLessThan(1_000);

  const carol = await server.signUp('Carol');
  await logIn(tab, carol);
  await other.getByText('online', { exact: true }).waitFor();
  for (const page of [tab, other]) {
    const text = await page.evaluate<string>('document.title + document.body.innerText');
    expect(text).not.toMatch(/Ada|Group|secret|draft/);
  }
  expectBreaksOnly(pageErrors);
});

it('a page that was frozen, and comes back as from the cache of the browser, has what was missed', async ({
  server,
  talk: { bob, id, tab },
  pageErrors,
}) => {
  await say(tab, 'before');
  await tab.getByText('Ada: before').waitFor();
  // As in the cache, nothing runs in a page that is frozen, and its socket may be dead afterwards.
  const devtools = await tab.context().newCDPSession(tab);
  await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
  const { body } = await server.call('POST', '/auth/login', credentialsOf(bob));
  const path = `/chat/conversations/${id}/messages`;
  for (const content of ['while she is away', 'and again'])
    await server.call('POST', path, { token: body.accessToken, body: { content } });
  const sockets: string[] = [];
  tab.on('websocket', (socket) => sockets.push(socket.url()));
  await devtools.send('Page.setWebLifecycleState', { state: 'active' });
  await tab.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
  await tab.getByText('Bob: and again').waitFor();
  expect(sockets.filter((url) => url.includes('/socket.io/')).length).toBeGreaterThan(0);
  await expectWhole(server, { id, reader: bob, pages: [tab] });
  expectBreaksOnly(pageErrors);
});

it('one socket, although everything is mounted twice and a component is edited', async ({
  server,
  talk: { bob, id, tab },
  site,
}) => {
  const sockets: string[] = [];
  tab.on('websocket', (socket) => sockets.push(socket.url()));
  await tab.reload();
  await openGroup(tab);
  await tab.getByLabel('Message').fill('half a sentence');
  await site.edit('react-chat/app.tsx', (text) => text.replace('Send</button>', 'Send it</button>'));
  await tab.getByRole('button', { name: 'Send it' }).waitFor();
  expect(await tab.getByLabel('Message').inputValue()).toBe('half a sentence');
  // Longer than a connection is kept that nobody holds.
  await tab.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1_500)));
  await tab.getByRole('button', { name: 'Send it' }).click();
  await tab.getByText('Ada: half a sentence').waitFor();
  expect(sockets.filter((url) => url.includes('/socket.io/'))).toHaveLength(1);
  await expectWhole(server, { id, reader: bob, pages: [tab] });
});
