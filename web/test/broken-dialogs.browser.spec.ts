import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { FaultProxy } from '../../test/support/fault-proxy.js';
import type { TestServer, TestUser } from '../../test/support/test-server.js';
import { proxiedTest } from './support/proxied.ts';
import { composer, post, row } from './support/rows.ts';
import { tryAgain } from './support/try-again.ts';

/** Opens a page with the details of a conversation. */
const it = proxiedTest.extend('open', ({ openThrough }) => {
  return async (user: TestUser, path: string): Promise<{ page: Page; proxy: FaultProxy }> => {
    const opened = await openThrough(user, path);
    // When everything is there that would fail by itself.
    await opened.page.getByText('Say hello').waitFor();
    for (const name of ['Conversations', 'Members'])
      await opened.page.getByLabel(name, { exact: true }).getByRole('listitem').first().waitFor();
    return opened;
  };
});

const NO_ANSWER = 'The server does not answer. Try again.';

const membersOf = async (server: TestServer, { token }: TestUser, id: string): Promise<string[]> => {
  const { body } = await server.call('GET', `/chat/conversations/${id}/members`, { token });
  return body.data.map(({ displayName }) => displayName).toSorted();
};

it('a dialog to add people tries the same again after the network was away', async ({
  server,
  owner,
  member,
  open,
  pageErrors,
}) => {
  const id = await server.createConversation(owner, [member]);
  await server.signUp('Eve');
  const { page, proxy } = await open(owner, `/c/${id}/details`);
  await page.getByRole('button', { name: 'Add people' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add people' });
  await dialog.getByLabel('Name of a person').fill('Eve');
  await dialog.getByRole('button', { name: 'Eve' }).click();
  proxy.refuse();
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await dialog.getByText(NO_ANSWER).waitFor();
  expect(await membersOf(server, owner, id)).toEqual(['Ada', 'Bob']);
  proxy.admit();
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /^Eve/ }).waitFor();
  expect(await membersOf(server, owner, id)).toEqual(['Ada', 'Bob', 'Eve']);
  // What has failed is in the console.
  pageErrors.splice(0);
});

it('a question whose answer was lost is answered by the same button', async ({
  server,
  owner,
  member,
  open,
  pageErrors,
}) => {
  const id = await server.createConversation(owner, [member]);
  const { page, proxy } = await open(owner, `/c/${id}/details`);
  await page.getByRole('button', { name: /^Bob/ }).click();
  await page.getByRole('button', { name: 'Remove Bob' }).click();
  const dialog = page.getByRole('dialog', { name: 'Remove Bob' });
  proxy.swallowAnswers();
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect.poll(() => membersOf(server, owner, id)).toEqual(['Ada']);
  proxy.refuse();
  await dialog.getByText(NO_ANSWER).waitFor();
  proxy.flow();
  proxy.admit();
  // When the connection is back the row is gone; until then the button works.
  await dialog
    .getByRole('button', { name: 'Remove', exact: true })
    .evaluateAll((all) => all.forEach((button) => (button as HTMLElement).click()));
  await page.getByRole('button', { name: /^Bob/ }).waitFor({ state: 'detached' });
  // What has failed is in the console.
  pageErrors.splice(0);
});

it('a setting that was not saved shows what the server has', async ({
  server,
  owner,
  member,
  open,
  pageErrors,
}) => {
  const id = await server.createConversation(owner, [member]);
  const { page, proxy } = await open(owner, `/c/${id}/details`);
  proxy.refuse();
  const pin = page.getByLabel('Pin in the list');
  await pin.click();
  await page.getByText(NO_ANSWER).waitFor();
  await expect.poll(() => pin.isChecked()).toBe(false);
  proxy.admit();
  await pin.click();
  await page.getByRole('img', { name: 'Pinned' }).waitFor();
  await expect.poll(() => pin.isChecked()).toBe(true);
  // What has failed is in the console.
  pageErrors.splice(0);
});

it('a conversation is begun once, by the same button', async ({ server, openThrough, pageErrors }) => {
  const [ada] = [await server.signUp('Ada'), await server.signUp('Zoe')];
  const { page, proxy } = await openThrough(ada, '/new');
  await page.getByText('No conversations yet').first().waitFor();
  await page.getByLabel('Name of a person').fill('Zoe');
  await page.getByRole('button', { name: 'Zoe' }).click();
  proxy.refuse();
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.getByText(NO_ANSWER).waitFor();
  proxy.admit();
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.getByRole('heading', { name: 'Zoe' }).waitFor();
  const { body } = await server.call('GET', '/chat/conversations', { token: ada.token });
  expect(body.data).toHaveLength(1);
  await page.close();
  // What has failed is in the console.
  pageErrors.splice(0);
});

it('the settings of a group and a link to it are made by the same buttons', async ({
  server,
  owner,
  open,
  pageErrors,
}) => {
  const id = await server.createConversation(owner);
  const { page, proxy } = await open(owner, `/c/${id}/details`);
  await page.getByRole('button', { name: 'Settings of the group' }).click();
  const settings = page.getByRole('dialog', { name: 'Settings of the group' });
  await settings.getByLabel('Title').fill('The new one');
  proxy.refuse();
  await settings.getByRole('button', { name: 'Save' }).click();
  await settings.getByText(NO_ANSWER).waitFor();
  expect(await settings.getByLabel('Title').inputValue()).toBe('The new one');
  proxy.admit();
  await settings.getByRole('button', { name: 'Save' }).click();
  await page.locator('h1', { hasText: 'The new one' }).waitFor();
  await page.keyboard.press('Escape');
  await settings.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Invite links' }).click();
  const links = page.getByRole('dialog', { name: 'Invite links' });
  // Else the list would fail, too.
  await links.getByText('There is no open invite.').waitFor();
  proxy.refuse();
  await links.getByRole('button', { name: 'Make a link' }).click();
  await links.getByText(NO_ANSWER).waitFor();
  proxy.admit();
  await links.getByRole('button', { name: 'Make a link' }).click();
  await links.getByRole('button', { name: 'Copy' }).waitFor();
  await page.close();
  // What has failed is in the console.
  pageErrors.splice(0);
});

it('an edit that was not saved stays in the composer', async ({ server, owner, openThrough, pageErrors }) => {
  const id = await server.createConversation(owner);
  await post(server, owner, id, 'Said before');
  const { page, proxy } = await openThrough(owner, `/c/${id}`);
  await row(page, 'Said before').waitFor();
  await page.getByRole('navigation').getByRole('listitem').first().waitFor();
  await composer(page).press('ArrowUp');
  await composer(page).fill('Said better');
  proxy.refuse();
  await page.keyboard.press('Enter');
  await page.getByText(NO_ANSWER).waitFor();
  expect(await composer(page).inputValue()).toBe('Said better');
  proxy.admit();
  await page.keyboard.press('Enter');
  await row(page, 'Said better').waitFor();
  await expect.poll(() => composer(page).inputValue()).toBe('');
  await page.close();
  // What has failed is in the console.
  pageErrors.splice(0);
});

it('who logs in without a network keeps what was typed; the same button logs in later, and lists that failed come', async ({
  server,
  openProfile,
  pageErrors,
}) => {
  const zoe = await server.signUp('Zoe');
  const id = await server.createConversation(zoe);
  await post(server, zoe, id, 'Said before');
  const profile = await openProfile({ locale: 'en' });
  const page = await profile.newPage();
  await page.goto(`${server.url}/login?next=/c/${id}`);
  await page.getByLabel('E-mail').fill(zoe.email);
  await page.getByLabel('Password').fill('correct horse battery');
  await profile.setOffline(true);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByText(NO_ANSWER).waitFor();
  expect(await page.getByLabel('Password').inputValue()).toBe('correct horse battery');
  await profile.setOffline(false);
  // The first answers after it are lost.
  await page.route(/\/chat\/conversations\?|\/messages\/window/, (route) => route.abort());
  await page.getByRole('button', { name: 'Log in' }).click();
  const list = page.getByRole('navigation', { name: 'Conversations' });
  await list.getByText('The conversations could not be loaded.').waitFor();
  const main = page.getByRole('main');
  await main.getByText('The messages could not be loaded.').waitFor();
  await page.unrouteAll();
  await tryAgain(list);
  await tryAgain(main);
  await list.getByRole('listitem').waitFor();
  await row(page, 'Said before').waitFor();
  await page.close();
  // What has failed is in the console.
  pageErrors.splice(0);
});

it('a message is deleted, a group left, and a device logged out by the same buttons', async ({
  server,
  owner,
  member,
  openThrough,
  pageErrors,
}) => {
  const id = await server.createConversation(owner, [member]);
  await post(server, member, id, 'To be deleted');
  await server.call('POST', '/auth/login', {
    body: { email: member.email, password: 'correct horse battery' },
    headers: { 'user-agent': 'Mozilla/5.0 (Windows NT 10.0) Firefox/141.0' },
  });
  const { page, proxy } = await openThrough(member, `/c/${id}/details`);
  const twice = async (place: Locator, button: Locator): Promise<void> => {
    // Dialogs are loaded when they open.
    await button.waitFor();
    proxy.refuse();
    await button.click();
    await place.getByText(NO_ANSWER).waitFor();
    proxy.admit();
    await button.click();
  };
  await page.getByLabel('Members', { exact: true }).getByRole('listitem').first().waitFor();
  await row(page, 'To be deleted').hover();
  await row(page, 'To be deleted').getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  const deletion = page.getByRole('dialog', { name: 'Delete this message?' });
  await twice(deletion, deletion.getByRole('button', { name: 'Delete' }));
  await page.getByRole('article').getByText('Message deleted').waitFor();
  await page.getByRole('button', { name: 'Leave the group' }).click();
  const leaving = page.getByRole('dialog', { name: 'Leave the group' });
  await twice(leaving, leaving.getByRole('button', { name: 'Leave' }));
  await page.waitForURL(`${proxy.url}/`);
  await page.goto(`${proxy.url}/settings/devices`);
  const ending = page.getByRole('button', { name: 'Log out Firefox on Windows' });
  await ending.waitFor();
  await twice(page.getByRole('main'), ending);
  await ending.waitFor({ state: 'detached' });
  await page.close();
  // What has failed is in the console.
  pageErrors.splice(0);
});
