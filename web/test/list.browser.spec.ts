import { expect } from 'vitest';
import { webTest as it } from './support/web-test.ts';

const MOST_ROWS = 40;

it('has few rows of many in the page, says when more could not be loaded, and finds one on a page that is not loaded yet', async ({
  server,
  owner,
  logInAs,
  pageErrors,
}) => {
  const create = (title: string) =>
    server.call('POST', '/chat/conversations', { token: owner.token, body: { memberIds: [], title } });
  await create('Café au lait');
  await Promise.all(Array.from({ length: 128 }, (_, index) => create(`Group ${index + 2}`)));
  await create('Group 130');
  const page = await logInAs(owner);
  let failed = 0;
  await page.route(/\/chat\/conversations\?.*cursor=/, (route) => {
    failed += 1;
    return route.abort();
  });
  await page.goto(server.url);
  const rows = page.getByRole('navigation').getByRole('listitem');
  await rows.first().waitFor();
  const first = page.getByRole('link', { name: /Group 130/ });
  await first.focus();
  const more = page.getByText('The conversations could not be loaded.');
  await expect
    .poll(async () => {
      await page.keyboard.press('End');
      return more.isVisible();
    })
    .toBe(true);
  expect(await rows.count()).toBeGreaterThan(20);
  await page.unrouteAll();
  // It was not asked for again and again.
  expect(failed).toBe(1);
  await page.getByRole('navigation').getByRole('button', { name: 'Try again' }).click();
  await more.waitFor({ state: 'detached' });
  await rows.last().getByRole('link').focus();
  expect(pageErrors.splice(0).filter((error) => !error.includes('ERR_FAILED'))).toEqual([]);
  const last = rows.filter({ hasText: 'Café au lait' });
  // The end of what is loaded, and then of all.
  await expect
    .poll(async () => {
      await page.keyboard.press('End');
      expect(await rows.count()).toBeLessThanOrEqual(MOST_ROWS);
      return last.count();
    })
    .toBe(1);
  expect(await last.getAttribute('aria-posinset')).toBe('130');
  expect(await last.getAttribute('aria-setsize')).toBe('130');
  // Somewhere else in the list when the rows are higher: there are rows, too.
  await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
  await expect
    .poll(() =>
      rows.evaluateAll((all) => {
        const view = all[0]?.parentElement?.parentElement?.getBoundingClientRect() ?? new DOMRect();
        const places = all.map((each) => each.getBoundingClientRect());
        return places.filter(({ top, bottom }) => top < view.bottom && bottom > view.top).length;
      }),
    )
    .toBeGreaterThan(2);
  await page.evaluate(() => document.documentElement.style.removeProperty('font-size'));
  await page.keyboard.press('Home');
  await expect.poll(() => first.evaluate((element) => element === document.activeElement)).toBe(true);
  expect(await rows.count()).toBeLessThanOrEqual(MOST_ROWS);
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
