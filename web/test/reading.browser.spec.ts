import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { TestServer, TestUser } from '../../test/support/test-server.js';
import { post, row } from './support/rows.ts';
import { webTest as it } from './support/web-test.ts';

const list = (page: Page) => page.locator('[data-messages]');

/** The pixels between what is shown and the end. */
const toTheEnd = (page: Page): Promise<number> =>
  list(page).evaluate((box) => box.scrollHeight - box.clientHeight - box.scrollTop);

const topOf = (page: Page, text: string): Promise<number> =>
  row(page, text).evaluate((element) => element.getBoundingClientRect().top);

async function fill(server: TestServer, user: TestUser, id: string, count: number): Promise<void> {
  for (let index = 1; index <= count; index += 1) await post(server, user, id, `line ${index} of many`);
}

async function readSeq(server: TestServer, { token }: TestUser, id: string): Promise<number> {
  const { body } = await server.call('GET', `/chat/conversations/${id}`, { token });
  return body.me.lastReadSeq;
}

/** A frame after those that are being prepared. */
const frames = (page: Page): Promise<void> =>
  page.evaluate(
    () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
  );

it('at the end new messages keep it at the end, whatever their height', async ({
  server,
  owner,
  member,
  show,
}) => {
  const id = await server.createConversation(owner, [member]);
  const page = await show(owner, `/c/${id}`);
  // What comes before the conversation is open is unread, and opens at its first message.
  await page.getByText('Say hello').waitFor();
  await page.getByRole('main').getByRole('list', { name: 'Members' }).getByText('Bob').waitFor();
  for (let index = 1; index <= 50; index += 1)
    await post(server, member, id, `${'tall\n'.repeat((index * 7) % 60)}end of ${index}.`);
  await row(page, 'end of 50.').waitFor();
  await frames(page);
  expect(await toTheEnd(page)).toBeLessThanOrEqual(1);
});

it('while one reads what was said before nothing moves', async ({ server, openAs }) => {
  const [owner, member] = [await server.signUp('Ada'), await server.signUp('Bob')];
  const id = await server.createConversation(owner, [member]);
  await fill(server, member, id, 120);
  const edited = await post(server, member, id, 'To be changed');
  await server.call('PATCH', `/chat/conversations/${id}/me`, {
    token: owner.token,
    body: { lastReadSeq: 121 },
  });
  const page = await openAs(owner, `/c/${id}`);
  await row(page, 'To be changed').waitFor();
  await list(page).evaluate((box) => {
    box.scrollTop -= 1_200;
  });
  await frames(page);
  const seen = await page.getByRole('article').evaluateAll((all) => {
    const box = document.querySelector('[data-messages]')?.getBoundingClientRect();
    const middle = all.find((each) => each.getBoundingClientRect().top > (box?.top ?? 0) + 200);
    return middle?.querySelector<HTMLElement>('[dir=auto]')?.innerText ?? '';
  });
  const before = await topOf(page, seen);
  // An appended message, an edit, a reaction above, and another name of the author.
  await post(server, member, id, `Appended\n${'tall\n'.repeat(30)}`);
  await page.getByRole('button', { name: 'To the newest message' }).getByText('1 new message').waitFor();
  // Browsers scroll by whole pixels.
  expect(await topOf(page, seen)).toBeCloseTo(before, 0);
  const { status } = await server.call('PATCH', `/chat/conversations/${id}/messages/${edited}`, {
    token: member.token,
    body: { content: `Changed\n${'taller\n'.repeat(30)}` },
  });
  expect(status).toBe(200);
  await row(page, 'Changed').waitFor({ state: 'attached' });
  expect(await topOf(page, seen)).toBeCloseTo(before, 0);
  await server.call('PUT', '/users/me', {
    token: member.token,
    body: { displayName: 'Robert of the long name' },
  });
  await post(server, member, id, 'Under another name');
  await page.getByRole('button', { name: 'To the newest message' }).getByText('2 new messages').waitFor();
  expect(await topOf(page, seen)).toBeCloseTo(before, 0);
});

it('unread messages open with one divider in the upper third, which stays for the visit', async ({
  server,
  owner,
  member,
  openAs,
}) => {
  const id = await server.createConversation(owner, [member]);
  const other = await server.createConversation(owner);
  await fill(server, member, id, 40);
  await server.call('PATCH', `/chat/conversations/${id}/me`, {
    token: owner.token,
    body: { lastReadSeq: 20 },
  });
  const page = await openAs(owner, `/c/${id}`);
  const divider = page.getByText('New messages', { exact: true });
  await divider.waitFor();
  await frames(page);
  const place = await divider.evaluate((element) => {
    const box = element.closest('[data-messages]')?.getBoundingClientRect();
    return box ? (element.getBoundingClientRect().top - box.top) / box.height : -1;
  });
  expect(place).toBeGreaterThan(0);
  expect(place).toBeLessThan(1 / 3);
  const first = await divider.evaluate(
    (element) => element.parentElement?.querySelector<HTMLElement>('[dir=auto]')?.innerText,
  );
  expect(first).toBe('line 21 of many');
  // It says who speaks, though the row above does, too.
  expect(await row(page, 'line 21 of many').locator('strong').count()).toBe(1);
  await post(server, member, id, 'Said during the visit');
  await expect.poll(() => toTheEnd(page)).toBeGreaterThan(0);
  await list(page).evaluate((box) => box.scrollTo(0, box.scrollHeight));
  await row(page, 'Said during the visit').waitFor();
  await expect.poll(() => readSeq(server, owner, id)).toBe(41);
  expect(await divider.count()).toBe(1);
  await page.locator(`nav a[href="/c/${other}"]`).click();
  await page.getByText('Say hello').waitFor();
  await page.locator(`nav a[href="/c/${id}"]`).click();
  await row(page, 'Said during the visit').waitFor();
  expect(await divider.count()).toBe(0);
});

it('a conversation without unread messages opens at its end', async ({ server, owner, show }) => {
  const id = await server.createConversation(owner);
  await fill(server, owner, id, 40);
  const page = await show(owner, `/c/${id}`);
  await row(page, 'line 40 of many').waitFor();
  await frames(page);
  expect(await toTheEnd(page)).toBeLessThanOrEqual(1);
});

it('one sees that the other one is online, and who has read one’s last message', async ({
  server,
  openAs,
  connect,
}) => {
  const [ada, bob, eve] = [
    await server.signUp('Ada'),
    await server.signUp('Bob'),
    await server.signUp('Eve'),
  ];
  const group = await server.createConversation(ada, [bob, eve]);
  const path = `/chat/conversations/direct/${bob.id}`;
  const direct = (await server.call('PUT', path, { token: ada.token })).body.id;
  const read = (user: TestUser, id: string, lastReadSeq: number) =>
    server.call('PATCH', `/chat/conversations/${id}/me`, { token: user.token, body: { lastReadSeq } });
  await post(server, ada, group, 'Who comes?');
  await read(bob, group, 1);
  const page = await openAs(ada, `/c/${group}`);
  await page.getByText('Read by Bob', { exact: true }).waitFor();
  await read(eve, group, 1);
  await page.getByText('Read by everybody').waitFor();
  await post(server, bob, group, 'Me');
  await page.getByText('Read by everybody').waitFor({ state: 'detached' });
  await connect(bob);
  await page.locator(`nav a[href="/c/${direct}"]`).click();
  await page.getByRole('main').getByText('Online', { exact: true }).waitFor();
  await post(server, ada, direct, 'And you?');
  await row(page, 'And you?').waitFor();
  expect(await page.getByText('Read', { exact: true }).count()).toBe(0);
  await read(bob, direct, 1);
  await page.getByText('Read', { exact: true }).waitFor();
});

it('only what stood in view for half a second of a visible window is read', async ({ server, logInAs }) => {
  const [owner, member] = [await server.signUp('Ada'), await server.signUp('Bob')];
  const id = await server.createConversation(owner, [member]);
  await fill(server, member, id, 80);
  const page = await logInAs(owner);
  await page.clock.install();
  await page.addInitScript(() => {
    const state = { hidden: true, blurred: true };
    document.hasFocus = () => !state.blurred;
    Object.assign(globalThis, { testWindow: state });
    Object.defineProperty(document, 'visibilityState', { get: () => (state.hidden ? 'hidden' : 'visible') });
  });
  await page.goto(`${server.url}/c/${id}`);
  // The rows of the first frame are fewer; from the next one on the window does what the reader does.
  await expect.poll(() => page.getByRole('article').count()).toBeGreaterThan(30);
  // From here on time passes only as the test lets it.
  await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 3_000);
  const change = (state: object): Promise<void> =>
    page.evaluate((next) => {
      Object.assign((globalThis as unknown as { testWindow: object }).testWindow, next);
    }, state);
  await change({ blurred: false });
  await page.clock.runFor(3_000);
  expect(await readSeq(server, owner, id)).toBe(0);
  // Visible beside another window that has the focus.
  await change({ hidden: false, blurred: true });
  await page.clock.runFor(3_000);
  expect(await readSeq(server, owner, id)).toBe(0);
  await change({ blurred: false });
  // What is scrolled past within less than half a second is not read.
  await list(page).evaluate((box) => box.scrollTo(0, box.scrollHeight));
  await page.clock.runFor(300);
  await list(page).evaluate((box) => box.scrollTo(0, 0));
  await page.clock.runFor(3_000);
  await expect.poll(() => readSeq(server, owner, id)).toBeGreaterThan(0);
  const read = await readSeq(server, owner, id);
  expect(read).toBeLessThan(40);
  // Back to what was read before changes nothing; the end does.
  await list(page).evaluate((box) => box.scrollTo(0, box.scrollHeight));
  await page.clock.runFor(3_000);
  await expect.poll(() => readSeq(server, owner, id)).toBe(80);
  await list(page).evaluate((box) => box.scrollTo(0, 0));
  await page.clock.runFor(3_000);
  expect(await readSeq(server, owner, id)).toBe(80);
});
