import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { addReplies } from '../../test/support/threads.js';
import { row } from './support/rows.ts';
import { webTest as it } from './support/web-test.ts';

/** More than a page shows at a time. */
const COUNT = 420;
const MOST_ROWS = 300;
const PICTURE =
  '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480"><rect width="640" height="480"/></svg>';

const rows = (page: Page) => page.getByRole('article');
const numbers = async (page: Page): Promise<number[]> =>
  (await rows(page).locator('[dir=auto]').allInnerTexts()).map((text) => Number(text.split(' ')[1]));

/** Scrolls close to the upper end; returns what is in the middle of the view, and its place. */
const scrollUp = (page: Page) =>
  page.evaluate(() => {
    const box = document.querySelector('[data-messages]');
    if (!box) throw new Error('There are no messages.');
    box.scrollTop = 300;
    const middle = box.getBoundingClientRect().top + box.clientHeight / 2;
    const seen = [...box.querySelectorAll('article')].find(
      (each) => each.getBoundingClientRect().bottom > middle,
    );
    return { text: seen?.textContent ?? '', top: seen?.getBoundingClientRect().top };
  });

/** By how many pixels a row has moved. */
const movedBy = (page: Page, { text, top = 0 }: Awaited<ReturnType<typeof scrollUp>>): Promise<number> =>
  rows(page).evaluateAll(
    (all, [wanted, before]) => {
      const place = all.find((each) => each.textContent === wanted)?.getBoundingClientRect();
      return place ? Math.abs(place.top - before) : Infinity;
    },
    [text, top] as const,
  );

it('no picture that comes late, no older page and no row that is dropped moves what one reads', async ({
  server,
  openAs,
}) => {
  const [ada, bob] = [await server.signUp('Ada'), await server.signUp('Bob')];
  const id = await server.createConversation(ada, [bob]);
  await server.database.query(`update users set avatar_url = '/uploads/avatars/late.svg' where id = $1`, [
    bob.id,
  ]);
  await addReplies({ postgres: server.database }, id, bob.id, COUNT);
  const { promise: isReleased, resolve: release } = Promise.withResolvers<void>();
  const page = await openAs(ada, `/c/${id}/m/${COUNT}`);
  await page.route('**/uploads/avatars/late.svg', async (route) => {
    await isReleased;
    await route.fulfill({ contentType: 'image/svg+xml', body: PICTURE });
  });
  await page.reload();
  await row(page, `Reply ${COUNT}`).waitFor();
  const late = await scrollUp(page);
  release();
  await page.waitForFunction(() =>
    [...document.querySelectorAll<HTMLImageElement>('article img')].some(({ naturalWidth }) => naturalWidth),
  );
  expect(await movedBy(page, late)).toBeLessThan(1);
  for (let pages = 0; pages < COUNT && (await numbers(page))[0] !== 1; pages += 1) {
    const [first] = await numbers(page);
    const seen = await scrollUp(page);
    await expect.poll(async () => (await numbers(page))[0]).not.toBe(first);
    expect(await movedBy(page, seen)).toBeLessThan(1);
    expect(await rows(page).count()).toBeLessThanOrEqual(MOST_ROWS);
  }
  // The rows at the other end were dropped.
  expect(await row(page, `Reply ${COUNT}`).count()).toBe(0);
});

it('arrow keys lead through more rows than there are at a time; each of them says who has said it, and when', async ({
  server,
  openAs,
}) => {
  const [ada, bob] = [await server.signUp('Ada'), await server.signUp('Bob')];
  const id = await server.createConversation(ada, [bob]);
  await addReplies({ postgres: server.database }, id, bob.id, COUNT);
  const page = await openAs(ada, `/c/${id}/m/${COUNT}`);
  await row(page, `Reply ${COUNT}`).waitFor();
  await page.evaluate(() => {
    const walked: string[] = [];
    Object.assign(globalThis, { walked });
    document.addEventListener('focusin', ({ target }) => {
      if (!(target instanceof HTMLElement)) return;
      const text = target.querySelector<HTMLElement>('[dir=auto]')?.innerText;
      walked.push(target.tagName === 'ARTICLE' ? `${target.ariaLabel}: ${text}` : target.tagName);
    });
  });
  const walked = () =>
    page.evaluate(() => [...new Set((globalThis as unknown as { walked: string[] }).walked)]);
  await page.locator('[data-messages]').focus();
  await page.keyboard.press('End');
  for (let pressed = 0; pressed < 2 * COUNT; pressed += 20) {
    for (let times = 0; times < 20; times += 1) await page.keyboard.press('ArrowUp');
    expect(await rows(page).count()).toBeLessThanOrEqual(MOST_ROWS);
    if ((await walked()).some((each) => each.endsWith(': Reply 1'))) break;
  }
  const said = (await walked()).filter((each) => each.includes('Reply'));
  expect(said.map((each) => Number(each.split('Reply ')[1]))).toEqual(
    Array.from({ length: COUNT }, (_, index) => COUNT - index),
  );
  expect(said.filter((each) => !/^Bob, .*\d:\d\d.*: Reply \d+$/.test(each))).toEqual([]);
  expect(await rows(page).count()).toBe(await page.getByRole('article', { name: /^Bob, .*\d:\d\d/ }).count());
});
