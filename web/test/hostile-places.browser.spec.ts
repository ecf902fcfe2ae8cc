import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { HOSTILE_TEXTS } from './support/hostile-texts.ts';
import { post } from './support/rows.ts';
import { replyTo } from './support/threads.ts';
import { webTest as it } from './support/web-test.ts';

/** As in a place of one line, or of a few: a quote ends early, and breaks of lines are blanks. */
const START = 60;
/** Code points of a quoted text that the server sends. */
const EXCERPT = 200;
const inLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim().slice(0, START);

/** Leads there as a link does. */
const goTo = (page: Page, path: string): Promise<void> =>
  page.evaluate((address) => history.pushState(null, '', address), path);

/** What the elements show, from above. */
const shown = async (page: Page, selector: string): Promise<string[]> =>
  (await page.locator(selector).allInnerTexts()).map(inLine);

/** Rows that are higher than so many lines, lie over the next one, or have what texts have not. */
const broken = (page: Page, selector: string, lines: number): Promise<string[]> =>
  page.locator(selector).evaluateAll(
    (all, most) =>
      all
        .filter((each, index) => {
          const { left, right, bottom, height } = each.getBoundingClientRect();
          const next = all[index + 1]?.getBoundingClientRect().top ?? Infinity;
          const line = Number.parseFloat(getComputedStyle(each).fontSize) * 2;
          const isOut = left < 0 || right > innerWidth || height > line * most || bottom > next + 1;
          return isOut || each.querySelector(':not(bdi)') !== null;
        })
        .map((each) => each.textContent.slice(0, START)),
    lines,
  );

it('hostile texts are texts in quotes, mentions, pins, threads and invites, too', async ({
  server,
  openAs,
}) => {
  const [ada, bob] = [await server.signUp('Ada'), await server.signUp('Bob')];
  const id = await server.createConversation(ada, [bob]);
  const as = (method: string, path: string, body?: object) =>
    server.call(method, path, { token: ada.token, ...(body && { body }) });
  const roots: string[] = [];
  const texts = HOSTILE_TEXTS.map((text) => `${Array.from(text).slice(0, 3_900).join('')} @Ada`);
  for (const text of texts) {
    const root = await post(server, bob, id, text, { mentions: [ada.id] });
    roots.push(root);
    await Promise.all([
      as('PUT', `/chat/conversations/${id}/messages/${root}/pin`),
      replyTo(server, ada, [id, root], text),
    ]);
  }
  for (const replyToId of roots) await post(server, ada, id, 'Reply', { replyToId });
  const { body } = await as('POST', '/chat/conversations', {
    title: '<img src=x onerror=alert(1)>',
    memberIds: [],
  });
  const invite = await as('POST', `/chat/conversations/${body.id}/invites`, {});
  const page = await openAs(ada, `/c/${id}`);
  await expect.poll(() => page.locator('article a bdi:last-child').count()).toBe(texts.length);
  const quotes = 'article a:has(> bdi + bdi)';
  // The server sends the beginning of what is not on the screen.
  const excerpts = texts.map((text) => inLine(Array.from(text).slice(0, EXCERPT).join('')));
  expect(await shown(page, `${quotes} > :last-child`)).toEqual(excerpts);
  expect(await broken(page, quotes, 1)).toEqual([]);

  const newestFirst = texts.map(inLine).toReversed();
  await page.getByRole('button', { name: /Pinned/ }).click();
  await page.locator('dialog section[aria-busy=false]').waitFor();
  expect(await shown(page, 'dialog li [dir=auto]')).toEqual(newestFirst);
  expect(await broken(page, 'dialog li [dir=auto]', 3)).toEqual([]);
  await page.keyboard.press('Escape');
  for (const path of ['/mentions', '/threads']) {
    await goTo(page, path);
    await page.locator('main section[aria-busy=false] li').first().waitFor();
    const [rows, more] = [page.locator('main li'), page.getByRole('button', { name: 'More' })];
    for (let loaded = await rows.count(); loaded < texts.length; loaded = await rows.count()) {
      await more.click();
      await expect.poll(() => rows.count()).toBeGreaterThan(loaded);
    }
    expect(await shown(page, 'main li [dir=auto]')).toEqual(newestFirst);
    expect(await broken(page, 'main li [dir=auto]', 2)).toEqual([]);
  }
  await goTo(page, `/c/${id}/t/${roots[0]}`);
  await expect.poll(() => shown(page, 'aside article [dir=auto]')).toEqual([texts[0], texts[0]]);
  await goTo(page, `/i/${invite.body.token}`);
  await page.getByRole('heading', { name: '<img src=x onerror=alert(1)>' }).waitFor();
});
