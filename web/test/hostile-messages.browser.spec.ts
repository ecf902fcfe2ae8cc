import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { BLANK_TEXTS, HOSTILE_TEXTS, shownOf } from './support/hostile-texts.ts';
import { composer, post, row } from './support/rows.ts';
import { webTest as it } from './support/web-test.ts';

/** What a message may consist of. */
const ALLOWED = new Set(['A', 'CODE', 'PRE', 'DIV']);

/** The texts of the rows, as people see them. */
const shownTexts = (page: Page): Promise<string[]> =>
  page
    .locator('article div[dir=auto]')
    .evaluateAll((all) => all.map((text) => (text as HTMLElement).innerText));

/** Rows that lie over the row below, and texts that leave their row. */
const misplaced = (page: Page): Promise<string[]> =>
  page.getByRole('article').evaluateAll((all) =>
    all
      .filter((article, index) => {
        const { left, right, bottom } = article.getBoundingClientRect();
        const text = article.querySelector('[dir=auto]')?.getBoundingClientRect();
        const next = all[index + 1]?.getBoundingClientRect().top ?? Infinity;
        return (
          !text || bottom > next + 1 || text.bottom > bottom + 1 || text.left < left || text.right > right
        );
      })
      .map((article) => article.textContent.slice(0, 60)),
  );

it('hostile texts are texts: nothing is loaded, nothing runs, and nothing leaves its row', async ({
  server,
  openAs,
}) => {
  const user = await server.signUp(`${'W'.repeat(60)}Z${'\u0300'.repeat(15)}`);
  const id = await server.createConversation(user);
  for (const text of HOSTILE_TEXTS) await post(server, user, id, text);
  await post(server, user, id, 'The last one');
  const page = await openAs(user, `/c/${id}`);
  const origins = new Set<string>();
  page.on('request', (request) => origins.add(new URL(request.url()).origin));
  await row(page, 'The last one').waitFor();
  await expect.poll(() => page.getByRole('article').count()).toBe(HOSTILE_TEXTS.length + 1);
  const texts = page.locator('article div[dir=auto]');
  await texts.locator('a').first().waitFor();
  expect(await shownTexts(page)).toEqual([...HOSTILE_TEXTS.map(shownOf), 'The last one']);
  const found = await texts.evaluateAll((all) =>
    all.flatMap((text) => [...text.querySelectorAll('*')].map(({ tagName }) => tagName)),
  );
  expect(found.filter((tag) => !ALLOWED.has(tag))).toEqual([]);
  const hrefs = await texts
    .locator('a')
    .evaluateAll((all) =>
      all.map((link) => [link.getAttribute('href')?.split(':')[0], link.getAttribute('rel')]),
    );
  for (const link of hrefs) {
    expect(['http', 'https', 'mailto']).toContain(link[0]);
    expect(link[1]).toBe('noopener noreferrer nofollow ugc');
  }
  expect(await misplaced(page)).toEqual([]);
  expect(
    await page.evaluate(() => {
      const box = document.querySelector('article')?.closest('[tabindex="0"]');
      return box ? box.scrollWidth - box.clientWidth : -1;
    }),
  ).toBe(0);
  expect([...origins].filter((origin) => origin !== server.url)).toEqual([]);
});

it('no tower of marks is drawn over its neighbours, and what is blank is not sent', async ({
  server,
  owner,
  show,
}) => {
  const id = await server.createConversation(owner);
  const tower = `Z${'\u0300'.repeat(200)}${'\u0323'.repeat(200)}`;
  const alike = ['alike', 'alike', 'alike', 'alike'];
  for (const text of ['First', ...alike, tower, ...alike]) await post(server, owner, id, text);
  const page = await show(owner, `/c/${id}`);
  const texts = page.locator('article div[dir=auto]');
  await row(page, 'alike').nth(7).waitFor();
  const lookOf = async (place: number): Promise<string> =>
    (await texts.nth(place).screenshot()).toString('base64');
  // Each fourth row begins at the same part of a pixel: what is beside the tower looks as what is away from it.
  expect(await lookOf(4)).toBe(await lookOf(8));
  expect(await lookOf(6)).toBe(await lookOf(2));
  for (const text of BLANK_TEXTS) {
    await composer(page).fill(text);
    await page.keyboard.press('Enter');
    expect(await composer(page).inputValue()).toBe(text);
  }
  await composer(page).fill('');
  expect(await texts.count()).toBe(10);
});
