import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { webTest as it } from './support/web-test.ts';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const PASSWORD = 'correct horse battery';
const part = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const picture = (page: Page) => part(page, 'Picture').locator('img');
const choose = (page: Page, buffer: Buffer) =>
  page.getByLabel('Choose a picture').setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer });

it('a picture is seen while it is sent; one that is refused leaves the old one, and says why', async ({
  owner,
  show,
  pageErrors,
}) => {
  const page = await show(owner, '/settings/profile');
  const held = Promise.withResolvers<void>();
  await page.route('**/users/me/avatar', async (route) => {
    await held.promise;
    await route.continue();
  });
  await choose(page, PNG);
  await page.getByRole('progressbar', { name: 'The picture is being sent' }).waitFor();
  expect(await picture(page).getAttribute('src')).toMatch(/^blob:/);
  held.resolve();
  await page.getByRole('button', { name: 'Remove' }).waitFor();
  await expect.poll(() => picture(page).getAttribute('src')).toMatch(/^\/uploads\/avatars\//);
  const kept = await picture(page).getAttribute('src');
  for (const [buffer, text] of [
    [Buffer.from('no picture'), 'This is no picture that can be shown'],
    [Buffer.alloc(2_200_000, PNG), 'This picture is too large'],
  ] as const) {
    await choose(page, buffer);
    await page.getByText(text).waitFor();
    expect(await picture(page).getAttribute('src')).toBe(kept);
  }
  await page.getByRole('button', { name: 'Remove' }).click();
  await picture(page).waitFor({ state: 'detached' });
  expect(await page.getByText('This picture is too large').count()).toBe(0);
  expect(pageErrors.splice(0).filter((error) => !/41[35]|ERR_/.test(error))).toEqual([]);
});

it('a name is changed everywhere; one that is refused says so at its field, and stays', async ({
  member,
  openAs,
  pageErrors,
}) => {
  const page = await openAs(member, '/settings/profile');
  const name = page.getByLabel('Name', { exact: true });
  await name.fill('Bob\u202Eevil');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('This cannot be a name').waitFor();
  expect(await name.getAttribute('aria-invalid')).toBe('true');
  expect(await name.inputValue()).toBe('Bob\u202Eevil');
  await name.fill('Robert');
  await page.getByLabel('A few words about you').fill('Builds.\nRepairs.');
  // The network goes, and comes back: the same button works again.
  const save = page.getByRole('button', { name: 'Save', disabled: true });
  await page.context().setOffline(true);
  await save.waitFor();
  await page.getByText('This can be changed as soon as there is one.').first().waitFor();
  await page.context().setOffline(false);
  await save.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('status').filter({ hasText: 'Saved.' }).waitFor();
  await page.getByRole('navigation', { name: 'Conversations' }).getByText('Robert').waitFor();
  expect(await page.getByText('This cannot be a name').count()).toBe(0);
  expect(await page.getByLabel('E-mail').inputValue()).toBe(member.email);
  expect(pageErrors.splice(0).filter((error) => !/400|ERR_/.test(error))).toEqual([]);
});

it('the password is changed by the old one, and one logs in with the new one', async ({
  server,
  openAs,
  pageErrors,
}) => {
  const user = await server.signUp('Ann');
  const page = await openAs(user, '/settings/profile');
  const old = page.getByLabel('Current password');
  const next = page.getByLabel('New password');
  const change = page.getByRole('button', { name: 'Change the password' });
  await old.fill(PASSWORD);
  await next.fill('Password123');
  await change.click();
  await page.getByText('This password is too easy to guess.').waitFor();
  await old.fill('wrong');
  await next.fill('staple battery horse');
  await change.click();
  await page.getByText('This is not your password.').waitFor();
  await old.fill(PASSWORD);
  await change.click();
  await page.getByText('The password is changed.').waitFor();
  await page.getByLabel('E-mail').waitFor();
  await expect.poll(() => new URL(page.url()).pathname + new URL(page.url()).search).toBe('/login');
  const { email } = user;
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByText('E-mail or password is wrong.').waitFor();
  // What was typed stays, and the password is typed anew.
  await page.keyboard.type('staple battery horse');
  expect(await page.getByLabel('E-mail').inputValue()).toBe(email);
  expect(await page.getByLabel('Password').inputValue()).toBe('staple battery horse');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Threads' }).waitFor();
  expect(pageErrors.splice(0).filter((error) => !/40[01]/.test(error))).toEqual([]);
});

it('the account is deleted only with the password', async ({ server, openAs, pageErrors }) => {
  const user = await server.signUp('Zoe');
  const page = await openAs(user, '/settings/profile');
  await page.getByRole('button', { name: 'Delete the account' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete the account' });
  const password = dialog.getByLabel('Password');
  // As wide as any other dialog.
  expect((await dialog.boundingBox())?.width).toBe(448);
  await password.fill('wrong');
  await page.keyboard.press('Enter');
  await dialog.getByText('This is not your password.').waitFor();
  await password.fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Delete for ever' }).click();
  await page.getByText('Your account is deleted.').waitFor();
  expect((await server.call('GET', `/users/${user.id}`)).status).toBe(404);
  expect(pageErrors.splice(0).filter((error) => !error.includes('401'))).toEqual([]);
});

it('what came too often is counted down, and can be tried again', async ({
  server,
  owner,
  logInAs,
  pageErrors,
}) => {
  const page = await logInAs(owner);
  await page.clock.install();
  await page.goto(`${server.url}/settings/profile`);
  const save = page.getByRole('button', { name: 'Save' });
  await save.waitFor();
  await page.route(
    '**/users/me',
    (route) =>
      route.fulfill({ status: 429, headers: { 'retry-after': '2' }, json: { code: 'RATE_LIMITED' } }),
    { times: 1 },
  );
  // From here on seconds pass only as the test lets them: a busy machine would miss one.
  await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 1_000);
  await save.click();
  const note = page.locator('p[aria-hidden]');
  await note.filter({ hasText: 'Try again in 2 seconds.' }).waitFor();
  await page.clock.runFor(1_000);
  await note.filter({ hasText: 'Try again in 1 second.' }).waitFor();
  await page.clock.runFor(1_000);
  await note.waitFor({ state: 'detached' });
  await save.click();
  await page.getByText('Saved.').waitFor();
  expect(pageErrors.splice(0).filter((error) => !error.includes('429'))).toEqual([]);
});
