import { expect } from 'vitest';
import { HOSTILE_TEXTS } from './support/hostile-texts.ts';
import { post, row } from './support/rows.ts';
import { webTest as it } from './support/web-test.ts';

/** What a message may consist of. */
const ALLOWED = new Set(['A', 'CODE', 'PRE', 'DIV']);

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
  const texts = page.locator('article div[dir=auto]');
  const found = await texts.evaluateAll((all) =>
    all.flatMap((text) => [...text.querySelectorAll('*')].map(({ tagName }) => tagName)),
  );
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
  expect([...origins].filter((origin) => origin !== server.url)).toEqual([]);
});
