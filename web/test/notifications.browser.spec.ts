import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { TestUser } from '../../test/support/test-server.js';
import { fakeNotifications, openNotifications } from './support/fake-notifications.ts';
import { post } from './support/rows.ts';
import { replyTo } from './support/threads.ts';
import { webTest } from './support/web-test.ts';

const it = webTest.extend('openSettings', ({ logInAs, server }) => {
  return async (user: TestUser, answer: NotificationPermission): Promise<Page> => {
    const page = await logInAs(user);
    await fakeNotifications(page.context(), answer);
    await page.goto(`${server.url}/settings/notifications`);
    await page.getByText('This device shows no notifications.').waitFor();
    return page;
  };
});

/** The locks by which the tabs of a browser know of each other. */
const locks = async (page: Page) => {
  const { held = [] } = await page.evaluate(() => navigator.locks.query());
  return new Set(held.map(({ name }) => name?.replace('causerie.', '')));
};

const hasNotifier = (page: Page) => expect.poll(() => locks(page)).toContain('notifier');

async function turnOn(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Turn on' }).click();
  await hasNotifier(page);
  await page.getByRole('navigation', { name: 'Conversations' }).getByRole('link').first().waitFor();
}

/** The window of a page is covered by another one, or is in front again. */
const setVisible = (page: Page, isVisible: boolean) =>
  page.evaluate((visible) => {
    Object.defineProperty(document, 'visibilityState', {
      configurable: true,
      value: visible ? 'visible' : 'hidden',
    });
    document.dispatchEvent(new Event('visibilitychange'));
  }, isVisible);

const shownIn = async (pages: readonly Page[]) => (await Promise.all(pages.map(openNotifications))).flat();

it('one of three tabs tells of a message, unless somebody looks at its conversation', async ({
  server,
  owner,
  member,
  openSettings,
}) => {
  const id = await server.createConversation(owner, [member]);
  const open = await server.createConversation(owner, [member]);
  const first = await openSettings(owner, 'granted');
  await turnOn(first);
  expect(await openNotifications(first)).toEqual(['Causerie: Notifications are on. They look like this.']);
  const pages = [first, await first.context().newPage(), await first.context().newPage()];
  await pages[1]?.goto(`${server.url}/`);
  await pages[2]?.goto(`${server.url}/c/${open}`);
  for (const page of pages)
    await page.getByRole('navigation', { name: 'Conversations' }).getByRole('link').nth(1).waitFor();
  await expect.poll(() => locks(first)).toEqual(new Set([`looking-at:${open}`, 'notifier']));
  const said = async () => (await shownIn(pages)).slice(1);
  // Somebody looks at this one.
  await post(server, member, open, 'seen');
  await post(server, member, id, 'one \u202Etxt.exe\ntwo');
  await expect.poll(said).toEqual(['Group: Bob: one txt.exe two']);
  if (pages[2]) await setVisible(pages[2], false);
  await expect.poll(() => locks(first)).toEqual(new Set(['notifier']));
  await post(server, member, open, 'not seen');
  await expect.poll(said).toEqual(['Group: Bob: one txt.exe two', 'Group: Bob: not seen']);
  // A later one takes the place of the one before.
  await post(server, member, id, 'three');
  await expect.poll(said).toEqual(['Group: Bob: not seen', 'Group: Bob: three']);
  // Another tab goes on where the one that told is closed.
  await first.close();
  pages.shift();
  await post(server, member, id, 'four');
  await expect.poll(() => shownIn(pages)).toContain('Group: Bob: four');
});

it('what is read elsewhere is closed; a click opens the message', async ({
  server,
  member,
  owner,
  openSettings,
}) => {
  const id = await server.createConversation(owner, [member]);
  const page = await openSettings(member, 'granted');
  expect(await page.evaluate(() => testNotifications.asked)).toBe(0);
  await turnOn(page);
  expect(await page.evaluate(() => testNotifications.asked)).toBe(1);
  const said = async () => (await openNotifications(page)).slice(1);
  await post(server, owner, id, 'read elsewhere');
  await expect.poll(said).toEqual(['Group: Ada: read elsewhere']);
  await server.call('PATCH', `/chat/conversations/${id}/me`, {
    token: member.token,
    body: { lastReadSeq: 1 },
  });
  await expect.poll(said).toEqual([]);
  await post(server, owner, id, 'to be opened');
  await expect.poll(said).toEqual(['Group: Ada: to be opened']);
  await page.evaluate(() => testNotifications.shown.at(-1)?.click());
  await page.getByRole('article').filter({ hasText: 'to be opened' }).waitFor();
  await expect.poll(() => new URL(page.url()).pathname).toMatch(new RegExp(`^/c/${id}`));
  await expect.poll(said).toEqual([]);
});

it('a muted conversation tells only of mentions, and nothing when they are turned off', async ({
  server,
  stranger,
  owner,
  openSettings,
}) => {
  const muted = await server.createConversation(owner, [stranger]);
  const silent = await server.createConversation(owner, [stranger]);
  const other = await server.createConversation(owner, [stranger]);
  for (const [id, body] of [
    [muted, { mutedUntil: '2999-01-01T00:00:00.000Z' }],
    [silent, { notify: 'none' }],
  ] as const)
    await server.call('PATCH', `/chat/conversations/${id}/me`, { token: stranger.token, body });
  const page = await openSettings(stranger, 'granted');
  await turnOn(page);
  await page.getByRole('button', { name: 'Turn off' }).waitFor();
  const said = async () => (await openNotifications(page)).slice(1);
  const mention = { mentions: [stranger.id] };
  await post(server, owner, muted, 'muted');
  await post(server, owner, silent, 'silent', mention);
  await post(server, owner, other, 'heard');
  await expect.poll(said).toEqual(['Group: Ada: heard']);
  await post(server, owner, muted, 'called', mention);
  await expect.poll(said).toEqual(['Group: Ada: heard', 'Group: Ada: called']);
  await page.getByRole('button', { name: 'Turn off' }).click();
  await expect.poll(said).toEqual([]);
});

it('replies in a thread that one follows are told, unless it is open; a click opens it', async ({
  server,
  owner,
  openSettings,
}) => {
  const zoe = await server.signUp('Zoe');
  const id = await server.createConversation(owner, [zoe]);
  const [own, other] = [await post(server, zoe, id, 'Mine'), await post(server, owner, id, 'Not mine')];
  const thread = await replyTo(server, owner, [id, own], 'said before');
  const page = await openSettings(zoe, 'granted');
  await turnOn(page);
  const said = async () => (await openNotifications(page)).slice(1);
  await page.getByRole('link', { name: /^Threads 1 unread/ }).waitFor();
  await replyTo(server, owner, [id, other], 'nobody follows');
  await post(server, owner, thread, 'first');
  await expect.poll(said).toEqual(['Group: Ada: first']);
  // A later one takes the place of the one before.
  await post(server, owner, thread, 'second');
  await expect.poll(said).toEqual(['Group: Ada: second']);
  await page.evaluate(() => testNotifications.shown.at(-1)?.click());
  const panel = page.getByRole('complementary', { name: 'Thread' });
  await panel.getByText('second').waitFor();
  await expect.poll(said).toEqual([]);
  await expect.poll(() => locks(page)).toContain(`looking-at:${own}`);
  await post(server, owner, thread, 'seen');
  await panel.getByText('seen', { exact: true }).waitFor();
  await setVisible(page, false);
  await post(server, owner, thread, 'not seen');
  await expect.poll(said).toEqual(['Group: Ada: not seen']);
  await server.call('PATCH', `/chat/conversations/${thread}/me`, {
    token: zoe.token,
    body: { lastReadSeq: 5 },
  });
  await expect.poll(said).toEqual([]);
});

it('replies are told, too, in a conversation that the list has not come to', async ({
  server,
  owner,
  logInAs,
}) => {
  const zoe = await server.signUp('Zoe');
  const [muted, far] = [
    await server.createConversation(owner, [zoe]),
    await server.createConversation(owner, [zoe]),
  ];
  const inMuted = await replyTo(server, owner, [muted, await post(server, zoe, muted, 'Mine')], 'before');
  const inFar = await replyTo(server, owner, [far, await post(server, zoe, far, 'Mine')]);
  const body = { mutedUntil: '2999-01-01T00:00:00.000Z' };
  await server.call('PATCH', `/chat/conversations/${muted}/me`, { token: zoe.token, body });
  await post(server, owner, await server.createConversation(owner, [zoe]), 'The only one that is listed');
  // On a phone the list stands behind the settings, and loads no further page by itself.
  const page = await logInAs(zoe, { viewport: { width: 390, height: 800 } });
  await fakeNotifications(page.context(), 'granted');
  await page.route(/\/chat\/conversations\?limit=100/, (route) =>
    route.continue({ url: route.request().url().replace('limit=100', 'limit=1') }),
  );
  await page.goto(`${server.url}/settings/notifications`);
  const begun = page.waitForResponse(/\/chat\/threads\?unread/);
  await page.getByRole('button', { name: 'Turn on' }).click();
  await begun;
  await post(server, owner, inMuted, 'muted');
  await post(server, owner, inFar, 'first');
  await expect.poll(async () => (await openNotifications(page)).slice(1)).toEqual(['Group: Ada: first']);
});

it('who has refused them is told how to change it', async ({ server, openSettings }) => {
  const page = await openSettings(await server.signUp('Dee'), 'denied');
  await page.getByRole('button', { name: 'Turn on' }).click();
  await page.getByText('The browser does not let this page show notifications.').waitFor();
  await page.getByText('To change that').waitFor();
  // The button that had the focus is gone.
  await expect.poll(() => page.evaluate(() => document.activeElement === document.body)).toBe(false);
  expect(await page.getByRole('button', { name: 'Turn on' }).count()).toBe(0);
});
