import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { HOSTILE_TEXTS } from './support/hostile-texts.ts';
import { post, row } from './support/rows.ts';
import { webTest as it } from './support/web-test.ts';

/** What a message may consist of. */
const ALLOWED = new Set(['A', 'CODE', 'PRE', 'DIV']);

/** Without what marks code, and without a host that is shown as what it is. */
const bare = (text: string): string => text.replace(/[`\s]|раypal|xn--ypal-43d9g/g, '');

/** The names of the elements in those that a selector finds. */
const tagsIn = (page: Page, selector: string): Promise<string[]> =>
  page
    .locator(selector)
    .evaluateAll((all) =>
      all.flatMap((text) => [...text.querySelectorAll('*')].map(({ tagName }) => tagName)),
    );

/** What the page asks for and shows that no text may make it ask for or show. */
function watch(page: Page, url: string): string[] {
  const found: string[] = [];
  page.on('dialog', (dialog) => {
    found.push(dialog.message());
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== url) found.push(request.url());
  });
  return found;
}

it('hostile texts are texts: nothing is loaded, nothing runs, and nothing leaves its row', async ({
  server,
  openAs,
}) => {
  const user = await server.signUp(`${'W'.repeat(60)}Z${'\u0300'.repeat(15)}`);
  const id = await server.createConversation(user);
  for (const text of HOSTILE_TEXTS) await post(server, user, id, text);
  await post(server, user, id, 'The last one');
  const page = await openAs(user, `/c/${id}`);
  const asked = watch(page, server.url);
  await row(page, 'The last one').waitFor();
  const { body } = await server.call('GET', `/chat/conversations/${id}/messages?limit=100`, {
    token: user.token,
  });
  const stored = (body.data as { content: string }[]).map(({ content }) => content).toReversed();
  expect(stored.length).toBeGreaterThan(20);
  const texts = page.locator('article div[dir=auto]');
  await page.locator('article div[dir=auto] a').first().waitFor();
  expect((await texts.allInnerTexts()).map(bare)).toEqual(stored.map(bare));
  const found = await tagsIn(page, 'article div[dir=auto]');
  expect(found.filter((tag) => !ALLOWED.has(tag))).toEqual([]);
  const hrefs = await page
    .locator('article div[dir=auto] a')
    .evaluateAll((all) =>
      all.map((link) => [link.getAttribute('href')?.split(':')[0], link.getAttribute('rel')]),
    );
  for (const link of hrefs) {
    expect(['http', 'https', 'mailto']).toContain(link[0]);
    expect(link[1]).toBe('noopener noreferrer nofollow ugc');
  }
  expect(
    await page.evaluate(() => {
      const box = document.querySelector('article')?.closest('[tabindex="0"]');
      return box ? box.scrollWidth - box.clientWidth : -1;
    }),
  ).toBe(0);
  // Rows stand below each other, all of one width.
  const boxes = await page.getByRole('article').evaluateAll((all) =>
    all.map((each) => {
      const { top, bottom, left, right } = each.getBoundingClientRect();
      return { top, bottom, place: `${left} to ${right}` };
    }),
  );
  expect(new Set(boxes.map(({ place }) => place)).size).toBe(1);
  expect(boxes.filter(({ top }, index) => top < (boxes[index - 1]?.bottom ?? -Infinity) - 1)).toEqual([]);
  expect(asked).toEqual([]);
});

it('hostile texts are quoted and pinned on one line, as texts', async ({ server, owner, openAs }) => {
  const id = await server.createConversation(owner);
  const path = `/chat/conversations/${id}/messages`;
  const sent = [];
  for (const text of HOSTILE_TEXTS) sent.push(await post(server, owner, id, text));
  const ids = sent.filter(Boolean);
  for (const replyToId of ids) await post(server, owner, id, 'Re', { replyToId });
  for (const pinned of ids.slice(0, 8))
    await server.call('PUT', `${path}/${pinned}/pin`, { token: owner.token });
  const page = await openAs(owner, `/c/${id}`);
  const asked = watch(page, server.url);
  const quotes = page
    .getByRole('article')
    .filter({ hasText: 'Re' })
    .getByRole('link', { name: /^Reply to/ });
  await expect.poll(() => quotes.count()).toBe(ids.length);
  expect(new Set(await tagsIn(page, 'article a[href*="/m/"]'))).toEqual(new Set(['BDI']));
  const heights = await quotes.evaluateAll((all) => all.map((each) => each.getBoundingClientRect().height));
  expect(Math.max(...heights)).toBeLessThan(32);
  await page.getByRole('button', { name: 'Pinned messages' }).click();
  const pins = page.getByRole('dialog', { name: 'Pinned messages' });
  await expect.poll(() => pins.getByRole('listitem').count()).toBe(8);
  await pins.getByText('<img src=x onerror=alert(1)>').waitFor();
  expect(await pins.locator('li :is(script, img[src=x])').count()).toBe(0);
  expect(asked).toEqual([]);
});
