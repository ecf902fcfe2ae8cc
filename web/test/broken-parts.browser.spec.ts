import { expect } from 'vitest';
import { admit, proxiedTest as it } from './support/proxied.ts';
import { composer, post, row } from './support/rows.ts';

it('a part that cannot be loaded says so, and comes when the network is back', async ({
  server,
  owner,
  openThrough,
  pageErrors,
}) => {
  const id = await server.createConversation(owner);
  const { page, proxy } = await openThrough(owner, `/c/${id}`);
  await page.getByText('Say hello').waitFor();
  await page.getByRole('navigation').getByRole('listitem').first().waitFor();
  proxy.refuse();
  await page.getByRole('button', { name: 'Details' }).click();
  const failed = page.getByRole('alert').filter({ has: page.getByRole('button', { name: 'Try again' }) });
  await failed.getByRole('button', { name: 'Try again' }).click();
  await failed.getByRole('button', { name: 'Close' }).click();
  await failed.waitFor({ state: 'detached' });
  await composer(page).fill('Still here');
  await page.evaluate(() => Object.assign(globalThis, { isSame: true }));
  await page.getByRole('button', { name: 'Details' }).click();
  await failed.waitFor();
  expect(await page.evaluate(() => 'isSame' in globalThis)).toBe(true);
  await admit(page, proxy);
  await page.getByRole('complementary', { name: 'Details' }).waitFor();
  await expect.poll(() => composer(page).inputValue()).toBe('Still here');
  // What has failed is in the console.
  await page.close();
  pageErrors.splice(0);
});

it('a page whose server was updated is loaded anew, once', async ({ server, owner, openAs, pageErrors }) => {
  const id = await server.createConversation(owner);
  const page = await openAs(owner, `/c/${id}`);
  await page.getByRole('button', { name: 'Details' }).waitFor();
  await page.evaluate(() => Object.assign(globalThis, { isSame: true }));
  // Ten seconds later it would be loaded anew again, and a busy machine may need as many.
  await page.clock.setFixedTime(Date.now());
  await page.route('**/assets/details-*', (route) => route.fulfill({ status: 404 }));
  await page.getByRole('button', { name: 'Details' }).click();
  await page.waitForFunction(() => !('isSame' in globalThis));
  await page.evaluate(() => Object.assign(globalThis, { isSame: true }));
  await page.getByRole('alert').getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('alert').getByRole('button', { name: 'Close' }).click();
  await composer(page).waitFor();
  expect(await page.evaluate(() => 'isSame' in globalThis)).toBe(true);
  // What has failed is in the console.
  pageErrors.splice(0);
});

it('a note lies on the dialog that is open', async ({ server, owner, openThrough, pageErrors }) => {
  const id = await server.createConversation(owner);
  await post(server, owner, id, 'Delete me');
  const { page, proxy } = await openThrough(owner, `/c/${id}`);
  await row(page, 'Delete me').hover();
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('navigation').getByRole('listitem').first().waitFor();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Delete' }).waitFor();
  proxy.refuse();
  await dialog.getByRole('button', { name: 'Delete' }).click();
  const note = page.getByText('The server does not answer. Try again.');
  await note.waitFor();
  expect(
    await note.evaluate((element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      return element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
    }),
  ).toBe(true);
  await admit(page, proxy);
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('article', { name: /deleted/i }).waitFor();
  // What has failed is in the console.
  await page.close();
  pageErrors.splice(0);
});
