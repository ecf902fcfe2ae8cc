import { expect } from 'vitest';
import { post, row } from './support/rows.ts';
import { webTest as it } from './support/web-test.ts';

it('lists what is pinned, leads there, unpins, and gives the focus back', async ({
  server,
  owner,
  member,
  show,
}) => {
  const id = await server.createConversation(owner, [member]);
  const path = `/chat/conversations/${id}/messages`;
  const first = await post(server, member, id, 'The address is 5 Main Street');
  const second = await post(server, owner, id, 'We meet at noon');
  for (const messageId of [first, second])
    await server.call('PUT', `${path}/${messageId}/pin`, { token: owner.token });
  const page = await show(owner, `/c/${id}`);
  const opener = page.getByRole('button', { name: 'Pinned messages' });
  await opener.click();
  const dialog = page.getByRole('dialog', { name: 'Pinned messages' });
  await expect
    .poll(() => dialog.getByRole('listitem').allInnerTexts())
    .toEqual([
      expect.stringMatching(/Ada[^]*We meet at noon/),
      expect.stringMatching(/Bob[^]*5 Main Street/),
    ]);
  await dialog.getByRole('button', { name: 'Unpin the message of Ada' }).click();
  await dialog.getByText('We meet at noon').waitFor({ state: 'detached' });
  await expect.poll(() => dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
  await page.keyboard.press('Escape');
  await expect.poll(() => opener.evaluate((element) => element === document.activeElement)).toBe(true);
  await opener.click();
  await dialog.getByRole('button', { name: /5 Main Street/ }).click();
  await page.waitForURL(`**/c/${id}/m/1`);
  await expect
    .poll(() => row(page, '5 Main Street').evaluate((element) => element === document.activeElement))
    .toBe(true);
});

it('members who may not pin see what is pinned, and no button to change it; nothing is told to be nothing', async ({
  server,
  owner,
  member,
  show,
}) => {
  const id = await server.createConversation(owner, [member]);
  const messageId = await post(server, owner, id, 'The rules');
  const page = await show(member, `/c/${id}`);
  const opener = page.getByRole('button', { name: 'Pinned messages' });
  await opener.click();
  await page.getByRole('dialog').getByText('Nothing is pinned.', { exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await server.call('PUT', `/chat/conversations/${id}/messages/${messageId}/pin`, { token: owner.token });
  await opener.click();
  await page.getByRole('dialog').getByText('The rules').waitFor();
  expect(await page.getByRole('button', { name: /^Unpin/ }).count()).toBe(0);
});

it('follows what others pin, change and unpin while it is open', async ({
  server,
  owner,
  member,
  openAs,
}) => {
  const id = await server.createConversation(owner, [member]);
  const messageId = await post(server, owner, id, 'The rules');
  const path = `/chat/conversations/${id}/messages/${messageId}`;
  const page = await openAs(member, `/c/${id}`);
  await page.getByRole('button', { name: 'Pinned messages' }).click();
  const dialog = page.getByRole('dialog', { name: 'Pinned messages' });
  await dialog.getByText('Nothing is pinned.').waitFor();
  await server.call('PUT', `${path}/pin`, { token: owner.token });
  await dialog.getByText('The rules').waitFor();
  await server.call('PATCH', path, { token: owner.token, body: { content: 'The new rules' } });
  await dialog.getByText('The new rules').waitFor();
  await server.call('DELETE', `${path}/pin`, { token: owner.token });
  await dialog.getByText('Nothing is pinned.').waitFor();
});
