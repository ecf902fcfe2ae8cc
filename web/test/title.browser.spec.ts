import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { post } from './support/rows.ts';
import { webTest as it } from './support/web-test.ts';

const icon = (page: Page): Promise<string | null | undefined> =>
  page.evaluate(() => document.querySelector('link[rel=icon]')?.getAttribute('href'));

it('the title and the icon count the conversations with something unread, in both tabs', async ({
  server,
  openAs,
}) => {
  const [ada, bob] = [await server.signUp('Ada'), await server.signUp('Bob')];
  const [one, two] = [
    await server.createConversation(bob, [ada]),
    await server.createConversation(bob, [ada]),
  ];
  const page = await openAs(ada);
  const tab = await page.context().newPage();
  await tab.goto(page.url());
  const tabs = [page, tab];
  for (const each of tabs) await each.getByRole('navigation').getByRole('link').nth(1).waitFor();
  for (const id of [one, one, two]) await post(server, bob, id, 'New');
  for (const each of tabs) {
    await each.waitForFunction(() => document.title === '(2) Causerie');
    expect(await icon(each)).toBe('/favicon-unread.svg');
  }
  await page.bringToFront();
  await page.locator(`nav a[href="/c/${one}"]`).click();
  for (const each of tabs) await each.waitForFunction(() => document.title === '(1) Causerie');
  await page.locator(`nav a[href="/c/${two}"]`).click();
  for (const each of tabs) {
    await each.waitForFunction(() => document.title === 'Causerie');
    expect(await icon(each)).toBe('/favicon.svg');
  }
});
