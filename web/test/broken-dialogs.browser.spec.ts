import type { Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { FaultProxy } from '../../test/support/fault-proxy.js';
import type { TestServer, TestUser } from '../../test/support/test-server.js';
import { webTest } from './support/web-test.ts';

/** The network between the page and its server, which the test breaks. */
const it = webTest.extend('open', ({ openProfile, server }) => {
  return async (user: TestUser, path: string): Promise<{ page: Page; proxy: FaultProxy }> => {
    const proxy = await FaultProxy.open(server.url);
    onTestFinished(() => proxy.close());
    const page = await (await openProfile({ locale: 'en' })).newPage();
    await page.goto(`${proxy.url}/login?next=${encodeURIComponent(path)}`);
    await page.getByLabel('E-mail').fill(user.email);
    await page.getByLabel('Password').fill('correct horse battery');
    await page.keyboard.press('Enter');
    await page.getByRole('complementary', { name: 'Details' }).waitFor();
    return { page, proxy };
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
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
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
  expect(await pin.isChecked()).toBe(false);
  proxy.admit();
  await pin.click();
  await page.getByRole('img', { name: 'Pinned' }).waitFor();
  expect(await pin.isChecked()).toBe(true);
  // What has failed is in the console.
  pageErrors.splice(0);
});
