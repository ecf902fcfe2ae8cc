import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { TestServer, TestUser } from '../../test/support/test-server.js';
import { hold } from './support/hold.ts';
import { composer, post, row } from './support/rows.ts';
import { replyTo } from './support/threads.ts';
import { webTest as it } from './support/web-test.ts';

const hasFocus = (place: Locator): Promise<boolean> =>
  place.evaluate((element) => element === document.activeElement);

const search = (page: Page): Locator => page.getByRole('searchbox', { name: 'Search' });

/** Longer than an answer needs for all that it causes. */
const SETTLED_MS = 300;

const pathOf = (page: Page): string => new URL(page.url()).pathname;

/** Lets what was held through, and waits for what its answer causes. */
async function released(page: Page, url: RegExp, release: () => void): Promise<void> {
  const answered = page.waitForResponse((response) => url.test(response.url()));
  release();
  await (await answered).finished();
  await page.waitForTimeout(SETTLED_MS);
}

async function group(
  server: TestServer,
  { token }: TestUser,
  others: readonly TestUser[],
  title: string,
): Promise<string> {
  const body = { memberIds: others.map(({ id }) => id), title };
  return (await server.call('POST', '/chat/conversations', { token, body })).body.id;
}

it('what is loaded late takes no focus from who writes elsewhere', async ({ server, owner, openAs }) => {
  const id = await group(server, owner, [], 'Late parts');
  const archived = await group(server, owner, [], 'Old plans');
  await server.call('PATCH', `/chat/conversations/${archived}/me`, {
    token: owner.token,
    body: { archived: true },
  });
  const messageId = await post(server, owner, id, 'Root');
  await replyTo(server, owner, [id, messageId], 'Reply');
  const page = await openAs(owner, `/c/${id}`);
  const opener = page.getByRole('navigation').getByRole('button', { name: /^Archived/ });
  for (const [chunk, button, opened] of [
    [/assets\/details-frame-/, page.getByRole('button', { name: 'Details' }), 'complementary'],
    [/assets\/thread-panel-/, page.getByRole('link', { name: /^1 reply/ }), 'complementary'],
    [/assets\/message-menu-/, row(page, 'Root').getByRole('button', { name: 'More' }), null],
    [/assets\/archived-list-/, opener, null],
    // A dialog would lie on everything else.
    [/assets\/pins-dialog-/, page.getByRole('button', { name: 'Pinned messages' }), null],
  ] as const) {
    await page.evaluate((path) => history.pushState(null, '', path), `/c/${id}`);
    const release = await hold(page, chunk);
    await row(page, 'Root').hover();
    await button.click();
    await composer(page).focus();
    await released(page, chunk, release);
    if (opened) await page.getByRole(opened).first().waitFor();
    expect.soft(await hasFocus(composer(page)), chunk.source).toBe(true);
    expect.soft(await page.locator('dialog, [role=menu]').count(), chunk.source).toBe(0);
  }
  // Those who are still there get what they have asked for.
  await opener.click();
  await page.getByRole('button', { name: 'Take Old plans out of the archive' }).waitFor();
});

it('the archive, which comes back when nothing is searched for any more, leaves the focus in the search', async ({
  server,
  openAs,
}) => {
  const user = await server.signUp('Zoe');
  const id = await group(server, user, [], 'Old plans');
  await server.call('PATCH', `/chat/conversations/${id}/me`, { token: user.token, body: { archived: true } });
  const page = await openAs(user);
  const back = page.getByRole('button', { name: 'Take Old plans out of the archive' });
  await page.getByRole('button', { name: /^Archived/ }).click();
  await back.waitFor();
  await search(page).click();
  await page.keyboard.press('x');
  await back.waitFor({ state: 'detached' });
  await page.keyboard.press('Backspace');
  await back.waitFor();
  expect(await hasFocus(search(page))).toBe(true);
});

it('a message that was left before its menu has been loaded is left', async ({ server, owner, openAs }) => {
  const id = await server.createConversation(owner);
  await post(server, owner, id, 'Cake?');
  const page = await openAs(owner, `/c/${id}`);
  const menu = /assets\/message-menu-/;
  const release = await hold(page, menu);
  await row(page, 'Cake?').hover();
  await row(page, 'Cake?').getByRole('button', { name: 'More' }).click();
  await composer(page).click();
  await released(page, menu, release);
  expect(await row(page, 'Cake?').getAttribute('data-active')).toBe('false');
});

it('pages that are loaded late take no focus from who searches', async ({ owner, openAs }) => {
  const page = await openAs(owner);
  await search(page).waitFor();
  for (const [chunk, opener, there] of [
    [/assets\/threads-page-/, page.getByRole('link', { name: /^Threads/ }), 'Threads'],
    [/assets\/new-conversation-/, page.getByRole('button', { name: 'New conversation' }), 'New conversation'],
  ] as const) {
    const release = await hold(page, chunk);
    await opener.click();
    await search(page).click();
    await released(page, chunk, release);
    await page.getByRole('heading', { name: there }).waitFor();
    expect.soft(await hasFocus(search(page)), there).toBe(true);
  }
});

it('a thread, and a list, whose answer comes late take no focus from who has gone elsewhere', async ({
  server,
  owner,
  member,
  openAs,
}) => {
  const id = await server.createConversation(owner, [member]);
  const messageId = await post(server, owner, id, 'Late root');
  await replyTo(server, owner, [id, messageId], 'Reply');
  const page = await openAs(owner, `/c/${id}`);
  const panel = page.getByRole('complementary', { name: 'Thread' });
  // The next message has no thread yet.
  await post(server, owner, id, 'Another one');
  const release = await hold(page, /\/thread$/);
  await row(page, 'Another one').hover();
  await row(page, 'Another one').getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Start a thread' }).click();
  await panel.getByText('Loading').waitFor();
  await composer(page).click();
  await page.keyboard.type('To ');
  await released(page, /\/thread$/, release);
  await panel.getByRole('textbox').waitFor();
  await page.keyboard.type('all');
  expect.soft(await composer(page).inputValue()).toBe('To all');
  // Closing it by the browser leaves one there, too.
  await page.goBack();
  await panel.waitFor({ state: 'detached' });
  expect.soft(await hasFocus(composer(page))).toBe(true);
  await page.getByRole('link', { name: /^Threads/ }).click();
  await page
    .getByRole('region', { name: 'Threads' })
    .getByRole('link', { name: /Late root/ })
    .click();
  await panel.getByText('Reply', { exact: true }).waitFor();
  const releaseList = await hold(page, /\/chat\/threads/);
  await page.goBack();
  await page.getByRole('heading', { name: 'Threads' }).waitFor();
  await search(page).click();
  await released(page, /\/chat\/threads/, releaseList);
  await page
    .getByRole('region', { name: 'Threads' })
    .getByRole('link', { name: /Late root/ })
    .waitFor();
  expect.soft(await hasFocus(search(page))).toBe(true);
});

it('who leaves the details or a thread for another place keeps the focus there', async ({
  server,
  owner,
  openAs,
}) => {
  const id = await group(server, owner, [], 'Side by side');
  const messageId = await post(server, owner, id, 'Root');
  await replyTo(server, owner, [id, messageId], 'Reply');
  const page = await openAs(owner, `/c/${id}`);
  const link = page.getByRole('navigation').getByRole('link', { name: /Side by side/ });
  for (const opener of [
    page.getByRole('button', { name: 'Details' }),
    page.getByRole('link', { name: /^1 reply/ }),
  ]) {
    await opener.click();
    await page.getByRole('complementary').waitFor();
    await link.click();
    await page.getByRole('complementary').waitFor({ state: 'detached' });
    expect.soft(await hasFocus(link)).toBe(true);
  }
});

it('what was begun leads nobody away who has gone elsewhere', async ({ member, stranger, openAs }) => {
  const page = await openAs(member);
  const direct = new RegExp(`/direct/${stranger.id}$`);
  await page.getByRole('button', { name: 'New conversation' }).click();
  await page.getByLabel('Name of a person').fill('Eve');
  await page.getByRole('list', { name: 'People' }).getByRole('button', { name: 'Eve' }).first().click();
  const release = await hold(page, direct);
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.getByRole('link', { name: /^Mentions/ }).click();
  await released(page, direct, release);
  expect(pathOf(page)).toBe('/mentions');
});

it('an invite leads nobody away who has gone elsewhere', async ({ server, owner, stranger, openAs }) => {
  const id = await group(server, owner, [], 'Inviting');
  const { body } = await server.call('POST', `/chat/conversations/${id}/invites`, {
    token: owner.token,
    body: {},
  });
  const page = await openAs(stranger, `/i/${body.token}`);
  const joining = /\/join$/;
  const release = await hold(page, joining);
  await page.getByRole('button', { name: 'Join' }).click();
  await page.getByRole('link', { name: /^Mentions/ }).click();
  await released(page, joining, release);
  expect(pathOf(page)).toBe('/mentions');
});

it('the dialog of a member leads nobody away who has closed it', async ({ server, owner, member, show }) => {
  const id = await group(server, owner, [member], 'Members');
  const page = await show(member, `/c/${id}/details`);
  await page.getByRole('complementary').getByRole('button', { name: /^Ada/ }).click();
  const direct = /\/direct\/[^/]+$/;
  const release = await hold(page, direct);
  await page.getByRole('button', { name: 'Write a message' }).click();
  await page.keyboard.press('Escape');
  await released(page, direct, release);
  expect(pathOf(page)).toBe(`/c/${id}/details`);
});

it('who leaves a group, and goes elsewhere meanwhile, stays there', async ({
  server,
  owner,
  member,
  openAs,
}) => {
  const id = await group(server, owner, [member], 'Leaving');
  const page = await openAs(member, `/c/${id}/details`);
  await page.getByRole('button', { name: 'Leave the group' }).click();
  const own = /\/members\/[^/]+$/;
  const release = await hold(page, own, 'DELETE');
  await page.getByRole('dialog').getByRole('button', { name: 'Leave', exact: true }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: /^Mentions/ }).click();
  await released(page, own, release);
  expect(pathOf(page)).toBe('/mentions');
});

it('a message that is not there closes nothing that has been opened meanwhile', async ({
  server,
  owner,
  openAs,
}) => {
  const id = await group(server, owner, [], 'Nowhere');
  await post(server, owner, id, 'The only one');
  const page = await openAs(owner, '/mentions');
  await page
    .getByRole('navigation')
    .getByRole('link', { name: /Nowhere/ })
    .waitFor();
  const window = /\/messages\/window/;
  const release = await hold(page, window);
  await page.evaluate((path) => history.pushState(null, '', path), `/c/${id}/m/5`);
  await page.getByRole('button', { name: 'Details' }).click();
  await released(page, window, release);
  await row(page, 'The only one').waitFor();
  expect(pathOf(page)).toBe(`/c/${id}/details`);
});

it('a dialog that was closed takes the focus no more', async ({ server, owner, openAs }) => {
  const id = await server.createConversation(owner);
  await post(server, owner, id, 'Delete me');
  const page = await openAs(owner, `/c/${id}`);
  const dialog = page.getByRole('dialog');
  await row(page, 'Delete me').hover();
  await row(page, 'Delete me').getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  const message = /\/messages\/[^/]+$/;
  const release = await hold(page, message, 'DELETE');
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await composer(page).click();
  await released(page, message, release);
  await page.getByRole('article', { name: /deleted/i }).waitFor();
  expect(await hasFocus(composer(page))).toBe(true);
});

it('a dialog that was closed closes none that has been opened since', async ({
  server,
  owner,
  member,
  stranger,
  openAs,
}) => {
  const id = await server.createConversation(owner, [member]);
  const page = await openAs(owner, `/c/${id}/details`);
  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: 'Add people' }).click();
  await dialog.getByLabel('Name of a person').fill('Eve');
  await dialog.getByRole('button', { name: 'Eve', exact: true }).first().click();
  const members = /\/members$/;
  const release = await hold(page, members, 'POST');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Add people' }).click();
  await released(page, members, release);
  expect(await dialog.count()).toBe(1);
  const { body } = await server.call('GET', `/chat/conversations/${id}/members`, { token: owner.token });
  expect(JSON.stringify(body)).toContain(stranger.id);
});

it('who hands a group over, and opens the dialog of somebody else, has that open', async ({
  server,
  owner,
  member,
  stranger,
  openAs,
}) => {
  const id = await server.createConversation(owner, [member, stranger]);
  const page = await openAs(owner, `/c/${id}/details`);
  const dialog = page.getByRole('dialog');
  const handing = new RegExp(`/members/${stranger.id}$`);
  const releaseOwner = await hold(page, handing, 'PATCH');
  await page.getByRole('complementary').getByRole('button', { name: /^Eve/ }).click();
  await page.getByRole('button', { name: 'Hand the group over' }).click();
  await page.getByRole('button', { name: 'Hand over', exact: true }).click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await dialog.first().waitFor({ state: 'detached' });
  await page.getByRole('complementary').getByRole('button', { name: /^Bob/ }).click();
  await released(page, handing, releaseOwner);
  expect(await dialog.count()).toBe(1);
});

it('who was removed while their dialog was open, and comes back, opens nothing', async ({
  server,
  owner,
  member,
  openAs,
}) => {
  const id = await server.createConversation(owner, [member]);
  const page = await openAs(owner, `/c/${id}/details`);
  const bob = page.getByRole('complementary').getByRole('button', { name: /^Bob/ });
  await bob.click();
  await page.getByRole('button', { name: 'Remove Bob' }).click();
  await page
    .getByRole('dialog', { name: 'Remove Bob' })
    .getByRole('button', { name: 'Remove', exact: true })
    .click();
  await bob.waitFor({ state: 'detached' });
  await composer(page).click();
  await server.call('POST', `/chat/conversations/${id}/members`, {
    token: owner.token,
    body: { userId: member.id },
  });
  await page.getByRole('complementary').getByText('Bob').first().waitFor();
  await page.waitForTimeout(SETTLED_MS);
  expect(await page.locator('dialog').count()).toBe(0);
});

it('who loses the lead of a group while its settings are open, and gets it back, opens nothing', async ({
  server,
  owner,
  member,
  openAs,
}) => {
  const id = await server.createConversation(owner, [member]);
  const become = (role: string): Promise<unknown> =>
    server.call('PATCH', `/chat/conversations/${id}/members/${member.id}`, {
      token: owner.token,
      body: { role },
    });
  await become('admin');
  const page = await openAs(member, `/c/${id}/details`);
  await page.getByRole('button', { name: 'Settings of the group' }).click();
  await page.getByRole('dialog').waitFor();
  await become('member');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await become('admin');
  await page.getByText('Settings of the group').first().waitFor({ state: 'attached' });
  await page.waitForTimeout(SETTLED_MS);
  expect(await page.locator('dialog').count()).toBe(0);
});

it('who clicks elsewhere while the emoji are open has the focus there', async ({ server, owner, show }) => {
  const id = await server.createConversation(owner);
  await post(server, owner, id, 'Cake?');
  const page = await show(owner, `/c/${id}`);
  await row(page, 'Cake?').hover();
  await row(page, 'Cake?').getByRole('button', { name: 'Add a reaction' }).click();
  await page.getByRole('searchbox', { name: /emoji/i }).waitFor();
  await composer(page).click();
  await page.getByRole('searchbox', { name: /emoji/i }).waitFor({ state: 'detached' });
  expect(await hasFocus(composer(page))).toBe(true);
});

it('what is typed while an edit is on its way stays, and is an edit, too', async ({
  server,
  owner,
  openAs,
}) => {
  const id = await server.createConversation(owner);
  await post(server, owner, id, 'Helo');
  const page = await openAs(owner, `/c/${id}`);
  await composer(page).click();
  await row(page, 'Helo').waitFor();
  await page.keyboard.press('ArrowUp');
  await composer(page).fill('Hello');
  const message = /\/messages\/[^/]+$/;
  const release = await hold(page, message, 'PATCH');
  await page.keyboard.press('Enter');
  await composer(page).fill('Helo');
  await released(page, message, release);
  await row(page, 'Hello').waitFor();
  expect(await composer(page).inputValue()).toBe('Helo');
  await page.keyboard.press('Enter');
  await row(page, 'Helo').waitFor();
  await expect.poll(() => composer(page).inputValue()).toBe('');
});

it('a reply that was begun does not take the focus when one comes back to its conversation', async ({
  server,
  owner,
  openAs,
}) => {
  const id = await group(server, owner, [], 'Begun');
  await group(server, owner, [], 'Others');
  await post(server, owner, id, 'Who comes?');
  const page = await openAs(owner, `/c/${id}`);
  await row(page, 'Who comes?').hover();
  await row(page, 'Who comes?').getByRole('button', { name: 'Reply' }).click();
  await page.locator('textarea:focus').waitFor();
  await page
    .getByRole('navigation')
    .getByRole('link', { name: /Others/ })
    .click();
  const link = page.getByRole('navigation').getByRole('link', { name: /Begun/ });
  await link.click();
  await page.getByText('Reply to Ada:').waitFor();
  expect(await hasFocus(link)).toBe(true);
});

it('who corrects the address while the log-in is on its way goes on there', async ({
  server,
  openProfile,
  pageErrors,
}) => {
  const page = await (await openProfile({ locale: 'en' })).newPage();
  await page.goto(`${server.url}/login`);
  await page.getByLabel('E-mail').fill('nobody@example.org');
  await page.getByLabel('Password').fill('not this one');
  const release = await hold(page, /\/auth\/login/);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByLabel('E-mail').click();
  await released(page, /\/auth\/login/, release);
  await page.getByText('E-mail or password is wrong.').waitFor();
  expect(await hasFocus(page.getByLabel('E-mail'))).toBe(true);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.locator('input[type=password]:focus').waitFor();
  pageErrors.splice(0);
});

it('who has logged out is told nothing more of what was on its way', async ({
  server,
  owner,
  openAs,
  pageErrors,
}) => {
  const id = await server.createConversation(owner);
  await post(server, owner, id, 'Cake?');
  const page = await openAs(owner, `/c/${id}`);
  const held = Promise.withResolvers<void>();
  await page.route(/\/reactions\//, async (route) => {
    await held.promise;
    await route.fulfill({ status: 403, json: { statusCode: 403, code: 'FORBIDDEN', message: 'No' } });
  });
  await row(page, 'Cake?').hover();
  await row(page, 'Cake?').getByRole('button', { name: 'React with 👍' }).click();
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.getByLabel('E-mail').waitFor();
  await released(page, /\/reactions\//, held.resolve);
  expect(await page.locator('output[data-shown=true]').count()).toBe(0);
  pageErrors.splice(0);
});
