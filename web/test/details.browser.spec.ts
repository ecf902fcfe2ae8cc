import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { webTest as it } from './support/web-test.ts';

const details = (page: Page) => page.getByRole('complementary', { name: 'Details' });
const dialog = (page: Page, name: string) => page.getByRole('dialog', { name });
const open = (page: Page) => page.getByRole('button', { name: 'Details' }).click();

it('opens by a button, closes by Escape, and gives the focus back, at every width', async ({
  server,
  owner,
  member,
  openAs,
}) => {
  const id = await server.createConversation(owner, [member]);
  const page = await openAs(owner, `/c/${id}`);
  const button = page.getByRole('button', { name: 'Details' });
  for (const [width, frame] of [
    [1280, details(page)],
    [800, dialog(page, 'Details')],
    [390, details(page)],
  ] as const) {
    await page.setViewportSize({ width, height: 800 });
    await button.focus();
    await page.keyboard.press('Enter');
    await frame.getByRole('button', { name: /^Bob/ }).waitFor();
    await expect.poll(() => new URL(page.url()).pathname).toBe(`/c/${id}/details`);
    await page.keyboard.press('Escape');
    await frame.waitFor({ state: 'hidden' });
    await expect.poll(() => button.evaluate((element) => element === document.activeElement)).toBe(true);
    await expect.poll(() => new URL(page.url()).pathname).toBe(`/c/${id}`);
  }
});

it('offers to owner, admin and member what each of them may do', async ({
  server,
  owner,
  member,
  stranger,
  show,
}) => {
  const id = await server.createConversation(owner, [member, stranger]);
  const path = `/chat/conversations/${id}/members/${member.id}`;
  await server.call('PATCH', path, { token: owner.token, body: { role: 'admin' } });
  const leading = ['Settings of the group', 'Invite links', 'Banned people', 'Add people'];
  for (const [user, offered, other, rows] of [
    [
      owner,
      [...leading, 'Delete the group for everybody'],
      /^Bob/,
      ['Remove Bob', 'Ban Bob', 'Hand the group over'],
    ],
    [member, leading, /^Ada/, []],
    [member, leading, /^Eve/, ['Remove Eve', 'Ban Eve']],
    [stranger, [], /^Bob/, []],
  ] as const) {
    const page = await show(user, `/c/${id}/details`);
    await details(page).getByRole('button', { name: other }).click();
    const always = ['Clear the history', 'Leave the group'];
    const names = [...leading, 'Delete the group for everybody', ...always];
    await expect
      .poll(async () => {
        const seen = await details(page).getByRole('button').allInnerTexts();
        return names.filter((name) => seen.includes(name)).toSorted();
      })
      .toEqual([...offered, ...always].toSorted());
    await expect
      .poll(async () => {
        const seen = await page.getByRole('dialog').getByRole('button').allInnerTexts();
        return seen.filter((text) => text !== '');
      })
      .toEqual(['Write a message', ...rows]);
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
  }
});

it('adds people without the history, changes a role, and removes', async ({
  server,
  owner,
  member,
  stranger,
  show,
  pageErrors,
}) => {
  const id = await server.createConversation(owner, [member]);
  const page = await show(owner, `/c/${id}/details`);
  await page.getByRole('button', { name: 'Add people' }).click();
  await dialog(page, 'Add people').getByLabel('Name of a person').fill('Eve');
  await dialog(page, 'Add people').getByRole('button', { name: 'Eve' }).click();
  await page.getByLabel('What was said before').selectOption('They do not see it');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  const row = details(page).getByRole('button', { name: /^Eve/ });
  await row.click();
  await dialog(page, 'Eve').getByLabel('Role').selectOption('Admin');
  await row.getByText('Admin').waitFor({ state: 'attached' });
  await dialog(page, 'Eve').getByRole('button', { name: 'Remove Eve' }).click();
  const eve = await show(stranger, `/c/${id}`);
  await eve.getByRole('textbox', { name: 'Message' }).waitFor();
  await dialog(page, 'Remove Eve').getByRole('button', { name: 'Remove', exact: true }).click();
  await row.waitFor({ state: 'detached' });
  // The one who was removed is told, and led back.
  await eve.getByText('or you are no member of it').waitFor();
  await eve.getByRole('link', { name: 'To the conversations' }).click();
  await eve.waitForURL(`${server.url}/`);
  // The row of the dialog's opener is gone: its list has the focus.
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Members');
  // Her page may have asked for messages in between.
  expect(pageErrors.splice(0).filter((error) => !error.includes('403'))).toEqual([]);
});

it('bans somebody, who cannot be added until that is lifted', async ({
  server,
  owner,
  member,
  show,
  pageErrors,
}) => {
  const id = await server.createConversation(owner, [member]);
  const page = await show(owner, `/c/${id}/details`);
  await details(page).getByRole('button', { name: /^Bob/ }).click();
  await page.getByRole('button', { name: 'Ban Bob' }).click();
  await dialog(page, 'Ban Bob').getByRole('button', { name: 'Ban', exact: true }).click();
  await details(page).getByRole('button', { name: /^Bob/ }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Add people' }).click();
  await page.getByLabel('Name of a person').fill('Bob');
  await dialog(page, 'Add people').getByRole('button', { name: 'Bob' }).click();
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByText('Bob was not added. A banned person cannot come in.').waitFor();
  expect(pageErrors.splice(0)).toEqual([expect.stringContaining('403')]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Banned people' }).click();
  await page.getByRole('button', { name: 'Unban Bob' }).click();
  await page.getByText('Nobody is banned.').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Add people' }).click();
  await page.getByLabel('Name of a person').fill('Bob');
  await dialog(page, 'Add people').getByRole('button', { name: 'Bob' }).click();
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await details(page).getByRole('button', { name: /^Bob/ }).waitFor();
});

it('changes the settings for everybody', async ({ server, owner, member, show, pageErrors }) => {
  const id = await server.createConversation(owner, [member]);
  const [page, bob] = [await show(owner, `/c/${id}/details`), await show(member, `/c/${id}`)];
  await page.getByRole('button', { name: 'Settings of the group' }).click();
  const settings = dialog(page, 'Settings of the group');
  await settings.getByLabel('Title').fill('The club');
  await settings.getByRole('button', { name: 'Save' }).click();
  await settings.getByLabel('Who may write').selectOption('Only owner and admins');
  await settings.getByLabel('Who may add people').selectOption('All members');
  await settings.getByLabel('Time between').selectOption('30 seconds');
  await bob.getByRole('heading', { name: 'The club' }).waitFor();
  await open(bob);
  await details(bob).getByRole('button', { name: 'Add people' }).waitFor();
  await expect
    .poll(async () => (await server.call('GET', `/chat/conversations/${id}`, { token: owner.token })).body)
    .toMatchObject({ title: 'The club', posting: 'admins', adding: 'all', slowModeSeconds: 30 });
  await settings.getByLabel('Title').fill('\u202E');
  await settings.getByRole('button', { name: 'Save' }).click();
  await settings.getByText('This cannot be a title').waitFor();
  expect(pageErrors.splice(0)).toEqual([expect.stringContaining('400')]);
});

it('keeps for oneself what one chooses for oneself', async ({ server, owner, member, show }) => {
  const id = await server.createConversation(owner, [member]);
  const page = await show(owner, `/c/${id}/details`);
  const me = async () =>
    (await server.call('GET', `/chat/conversations/${id}`, { token: owner.token })).body.me ?? {};
  await page.getByLabel('Mute', { exact: true }).selectOption('For ever');
  await page.getByLabel('Notifications').selectOption('For mentions only');
  await page.getByLabel('Pin in the list').check();
  await page.getByLabel('Archive').check();
  await expect.poll(me).toMatchObject({
    mutedUntil: '9999-12-31T00:00:00.000Z',
    notify: 'mentions',
    pinnedAt: expect.any(String) as string,
    archivedAt: expect.any(String) as string,
  });
  await page.getByLabel('Mute', { exact: true }).selectOption('For 1 hour');
  await page
    .getByLabel('Mute', { exact: true })
    .getByRole('option', { name: /^Until .*\d/ })
    .waitFor({ state: 'attached' });
  await page.getByLabel('Mute', { exact: true }).selectOption('Not muted');
  await page.getByLabel('Archive').uncheck();
  await expect.poll(async () => Object.keys(await me())).not.toContain('mutedUntil');
});

it('is left by its owner, and deleted for everybody, after a question', async ({
  server,
  owner,
  member,
  show,
}) => {
  const id = await server.createConversation(owner, [member]);
  const [page, bob] = [await show(owner, `/c/${id}/details`), await show(member, `/c/${id}/details`)];
  await page.getByRole('button', { name: 'Leave the group' }).click();
  await page.getByText('The longest-standing admin becomes the owner').waitFor();
  await page.getByRole('button', { name: 'Leave', exact: true }).click();
  await page.waitForURL(`${server.url}/`);
  await bob.getByRole('button', { name: 'Delete the group for everybody' }).click();
  await bob.getByRole('button', { name: 'Cancel' }).click();
  await bob.getByRole('button', { name: 'Delete the group for everybody' }).click();
  await bob.getByRole('button', { name: 'Delete', exact: true }).click();
  await bob.waitForURL(`${server.url}/`);
  const answer = await server.call('GET', `/chat/conversations/${id}`, { token: member.token });
  expect(answer.status).toBe(404);
});

it('shows the other one of a direct conversation, whom one can block', async ({
  server,
  owner,
  member,
  show,
}) => {
  await server.call('PUT', '/users/me', { token: member.token, body: { bio: 'Gardener' } });
  const { body } = await server.call('PUT', `/chat/conversations/direct/${member.id}`, {
    token: owner.token,
  });
  const page = await show(owner, `/c/${body.id}/details`);
  await details(page).getByText('Gardener').waitFor();
  await page.getByRole('button', { name: 'Block Bob' }).click();
  await page.getByRole('button', { name: 'Block', exact: true }).click();
  const unblock = page.getByRole('button', { name: 'Unblock Bob' });
  await unblock.waitFor();
  const blocks = async () => (await server.call('GET', '/users/me/blocks', { token: owner.token })).body;
  expect(await blocks()).toMatchObject({ data: [{ userId: member.id }] });
  await page.reload();
  await unblock.click();
  await page.getByRole('button', { name: 'Block Bob', exact: true }).waitFor();
  expect(await blocks()).toMatchObject({ data: [] });
});

it('the members of a group stand first, a few of them until one asks for more', async ({
  server,
  owner,
  show,
}) => {
  const id = await server.createConversation(owner);
  await server.signUpMembers(owner, id, 9);
  const page = await show(owner, `/c/${id}/details`);
  const members = page.getByRole('region', { name: 'Members' });
  await members.getByRole('listitem').first().waitFor();
  expect(await members.getByRole('listitem').count()).toBe(8);
  const box = await members.boundingBox();
  const settings = await page.getByLabel('Mute').boundingBox();
  expect(box?.y).toBeLessThan(settings?.y ?? 0);
  await members.getByRole('button', { name: 'Show more' }).click();
  await expect.poll(() => members.getByRole('listitem').count()).toBe(10);
});
