import { expect } from 'vitest';
import { webTest as it } from './support/web-test.ts';

it('who sees and reaches one is kept', async ({ server, owner, show }) => {
  const page = await show(owner, '/settings/privacy');
  await page.getByLabel('Who may write to me first').selectOption('Nobody');
  await page.getByLabel('Who sees whether I am online').selectOption('People to whom I have written');
  await page.getByLabel('Others see how far I have read').uncheck();
  const profile = async () => (await server.call('GET', '/users/me', { token: owner.token })).body;
  await expect
    .poll(profile)
    .toMatchObject({ addableBy: 'nobody', presence: 'contacts', readReceipts: false });
  // Changed on another device.
  await server.call('PUT', '/users/me', { token: owner.token, body: { presence: 'everyone' } });
  await page.reload();
  expect(await page.getByLabel('Who may write to me first').inputValue()).toBe('nobody');
  expect(await page.getByLabel('Who sees whether I am online').inputValue()).toBe('everyone');
  expect(await page.getByLabel('Others see how far I have read').isChecked()).toBe(false);
});

it('what is chosen while another choice is being saved is saved after it', async ({ server, openAs }) => {
  const zoe = await server.signUp('Zoe');
  const page = await openAs(zoe, '/settings/privacy');
  const presence = page.getByLabel('Who sees whether I am online');
  const receipts = page.getByLabel('Others see how far I have read');
  await presence.waitFor();
  const isReleased = Promise.withResolvers<void>();
  const sent: unknown[] = [];
  await page.route('**/users/me', async (route) => {
    sent.push(route.request().postDataJSON());
    await isReleased.promise;
    await route.continue();
  });
  for (const value of ['nobody', 'contacts', 'everyone', 'nobody', 'contacts'])
    await presence.selectOption(value);
  await receipts.uncheck();
  await receipts.check();
  await expect.poll(() => sent).toEqual([{ presence: 'nobody' }, { readReceipts: false }]);
  expect(await presence.inputValue()).toBe('contacts');
  isReleased.resolve();
  await expect.poll(() => sent).toHaveLength(4);
  const profile = async () => (await server.call('GET', '/users/me', { token: zoe.token })).body;
  await expect.poll(profile).toMatchObject({ presence: 'contacts' });
  await expect.poll(profile).not.toMatchObject({ readReceipts: false });
  expect(await presence.inputValue()).toBe('contacts');
  expect(await receipts.isChecked()).toBe(true);
});

it('blocked people are listed, and unblocked', async ({ server, member, stranger, show }) => {
  await server.call('PUT', `/users/me/blocks/${stranger.id}`, { token: member.token });
  const page = await show(member, '/settings/privacy');
  await page.getByRole('button', { name: 'Unblock Eve' }).click();
  await page.getByText('You have blocked nobody.').waitFor();
  const { body } = await server.call('GET', '/users/me/blocks', { token: member.token });
  expect(body.data).toEqual([]);
  // The row is gone: its list has the focus.
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
    .toBe('Blocked people');
});

it('what cannot be read can be tried again', async ({ stranger, openAs, pageErrors }) => {
  const page = await openAs(stranger, '/settings');
  await page.route('**/users/me', (route) => route.abort(), { times: 1 });
  await page.route('**/users/me/blocks?*', (route) => route.abort(), { times: 1 });
  await page.getByRole('link', { name: 'Privacy' }).click();
  const retry = page.getByRole('button', { name: 'Try again' });
  await expect.poll(() => retry.count()).toBe(2);
  await retry.first().click();
  await page.getByLabel('Who sees whether I am online').waitFor();
  await retry.click();
  await page.getByText('You have blocked nobody.').waitFor();
  expect(pageErrors.splice(0).filter((error) => !error.includes('ERR_FAILED'))).toEqual([]);
});
