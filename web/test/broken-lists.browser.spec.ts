import { expect } from 'vitest';
import { proxiedTest as it } from './support/proxied.ts';
import { post, row } from './support/rows.ts';
import { tryAgain } from './support/try-again.ts';

const NO_ANSWER = 'The server does not answer. Try again.';
const NO_CONNECTION = /^There is no connection/;

it('what is pinned, what a message said before, and who is a member come when the network is back', async ({
  server,
  owner,
  openThrough,
  pageErrors,
}) => {
  const { token } = owner;
  const [id, other] = [await server.createConversation(owner), await server.createConversation(owner)];
  const messageId = await post(server, owner, id, 'Helo');
  const path = `/chat/conversations/${id}/messages/${messageId}`;
  await server.call('PATCH', path, { token, body: { content: 'Hello' } });
  await server.call('PUT', `${path}/pin`, { token });
  const { page, proxy } = await openThrough(owner, `/c/${id}`);
  const opener = page.getByRole('button', { name: 'Pinned messages' });
  const pins = page.getByRole('dialog', { name: 'Pinned messages' });
  // What the dialogs are made of is loaded.
  await opener.click();
  await pins.getByText('Hello').waitFor();
  await page.keyboard.press('Escape');
  const history = page.getByRole('dialog', { name: 'Earlier versions' });
  await row(page, 'Hello').getByRole('button', { name: '(edited)' }).click();
  await history.getByText('Helo').waitFor();
  await page.keyboard.press('Escape');

  proxy.refuse();
  await opener.click();
  await pins.getByText(NO_ANSWER).waitFor();
  proxy.admit();
  await tryAgain(pins);
  const unpin = pins.getByRole('button', { name: 'Unpin the message of Ada' });
  await unpin.waitFor();
  proxy.refuse();
  await unpin.click();
  await pins.getByRole('status').getByText(NO_ANSWER).waitFor();
  await pins.getByText('Hello').waitFor();
  proxy.admit();
  await unpin.click();
  await pins.getByText('Nothing is pinned.').waitFor();
  await page.keyboard.press('Escape');

  proxy.refuse();
  await row(page, 'Hello').getByRole('button', { name: '(edited)' }).click();
  await history.getByText(NO_ANSWER).first().waitFor();
  proxy.admit();
  await tryAgain(history);
  await history.getByText('Helo').waitFor();
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Details' }).click();
  const members = page.getByRole('region', { name: 'Members' });
  await members.getByRole('listitem').waitFor();
  proxy.refuse();
  await page.locator(`nav a[href$="${other}"]`).click();
  await page.getByRole('button', { name: 'Details' }).click();
  await members.getByText(NO_ANSWER).waitFor();
  proxy.admit();
  await tryAgain(members);
  await members.getByRole('listitem').waitFor();
  expect(await members.getByText(NO_ANSWER).count()).toBe(0);
  await page.close();
  // What has failed is in the console.
  pageErrors.splice(0);
});

it('somebody is banned and let back by the same buttons, also when the answer was lost', async ({
  server,
  owner,
  member,
  openThrough,
  pageErrors,
}) => {
  const id = await server.createConversation(owner, [member]);
  const banned = async (): Promise<number> =>
    (await server.call('GET', `/chat/conversations/${id}/bans`, { token: owner.token })).body.data.length;
  const { page, proxy } = await openThrough(owner, `/c/${id}/details`);
  await page.getByText('Say hello').waitFor();
  await page.getByRole('button', { name: /^Bob/ }).click();
  await page.getByRole('button', { name: 'Ban Bob' }).click();
  const ban = page.getByRole('dialog', { name: 'Ban Bob' });
  const doBan = ban.getByRole('button', { name: 'Ban', exact: true });
  proxy.refuse();
  await doBan.click();
  await ban.getByText(NO_ANSWER).waitFor();
  expect(await banned()).toBe(0);
  proxy.admit();
  proxy.swallowAnswers();
  await doBan.click();
  await expect.poll(banned).toBe(1);
  proxy.refuse();
  await ban.getByText(NO_ANSWER).waitFor();
  proxy.flow();
  proxy.admit();
  // When the connection is back the row is gone; until then the button works.
  await ban
    .or(page.getByRole('button', { name: 'Banned people' }))
    .first()
    .waitFor();
  await doBan.evaluateAll((all) => all.forEach((button) => (button as HTMLElement).click()));
  await page.getByRole('button', { name: /^Bob/ }).waitFor({ state: 'detached' });

  const bans = page.getByRole('dialog', { name: 'Banned people' });
  proxy.refuse();
  await page.getByRole('button', { name: 'Banned people' }).click();
  await bans.getByText(NO_ANSWER).waitFor();
  proxy.admit();
  await tryAgain(bans);
  const lift = bans.getByRole('button', { name: 'Unban Bob' });
  await lift.waitFor();
  proxy.swallowAnswers();
  await lift.click();
  await expect.poll(banned).toBe(0);
  proxy.refuse();
  await bans.getByText(NO_ANSWER).waitFor();
  proxy.flow();
  proxy.admit();
  await lift.click();
  await bans.getByText('Nobody is banned.').waitFor();
  await page.close();
  // What has failed is in the console.
  pageErrors.splice(0);
});

it('an account whose deletion was not answered is deleted by the same button', async ({
  server,
  openThrough,
  pageErrors,
}) => {
  const user = await server.signUp('Zoe');
  const status = async (): Promise<number> => (await server.call('GET', `/users/${user.id}`)).status;
  const { page, proxy } = await openThrough(user, '/settings/profile');
  await page.getByRole('button', { name: 'Delete the account' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete the account' });
  const doDelete = dialog.getByRole('button', { name: 'Delete for ever' });
  await dialog.getByLabel('Password').fill('correct horse battery');
  proxy.refuse();
  await dialog.getByText(NO_CONNECTION).waitFor();
  expect(await dialog.getByLabel('Password').inputValue()).toBe('correct horse battery');
  proxy.admit();
  await dialog.getByText(NO_CONNECTION).waitFor({ state: 'detached' });
  proxy.swallowAnswers();
  await doDelete.click();
  await expect.poll(status).toBe(404);
  proxy.flow();
  // The session has ended with the account: whoever is told so first leads to the same page.
  await page.getByText('Your account is deleted.').waitFor();
  await page.getByLabel('E-mail').waitFor();
  await page.close();
  // What has failed is in the console.
  pageErrors.splice(0);
});
