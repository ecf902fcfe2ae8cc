import { expect } from 'vitest';
import { webTest as it } from './support/web-test.ts';

it('finds a conversation on a page of the list that is not loaded yet', async ({ server, owner, openAs }) => {
  for (let number = 1; number <= 130; number += 1) {
    const body = { memberIds: [], title: number === 1 ? 'Café au lait' : `Group ${number}` };
    await server.call('POST', '/chat/conversations', { token: owner.token, body });
  }
  const page = await openAs(owner);
  const rows = page.getByRole('navigation').getByRole('listitem');
  await rows.first().waitFor();
  await page.getByRole('searchbox', { name: 'Search' }).fill('cafe');
  await rows.filter({ hasText: 'Café au lait' }).waitFor();
  expect(await rows.count()).toBe(1);
  await page.getByRole('searchbox', { name: 'Search' }).fill('nothing like that');
  await page.getByText('No conversation is called that.').waitFor();
  await page.keyboard.press('Escape');
  await rows.filter({ hasText: 'Group 130' }).waitFor();
});

it('counts in the title of the tab the conversations with something unread, also with two tabs', async ({
  server,
  owner,
  member,
  openAs,
}) => {
  const page = await openAs(member);
  const second = await page.context().newPage();
  await second.goto(server.url);
  const ids = [
    await server.createConversation(owner, [member]),
    await server.createConversation(owner, [member]),
  ];
  for (const id of ids)
    for (const content of ['one', 'two'])
      await server.call('POST', `/chat/conversations/${id}/messages`, {
        token: owner.token,
        body: { content },
      });
  for (const tab of [page, second]) await expect.poll(() => tab.title()).toBe('(2) Causerie');
  await page.goto(`${server.url}/c/${ids[0]}`);
  await page.bringToFront();
  for (const tab of [page, second]) await expect.poll(() => tab.title()).toBe('(1) Causerie');
  await expect.poll(() => second.locator('link[rel=icon]').getAttribute('href')).toBe('/favicon-unread.svg');
});
