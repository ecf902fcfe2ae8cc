import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { HOSTILE_TEXTS } from './support/hostile-texts.ts';
import { composer, post, row } from './support/rows.ts';
import { webTest as it } from './support/web-test.ts';

/** Names that are as wide, as high or as misleading as the server admits. */
const NAMES = [
  'W'.repeat(80),
  `Z${'\u0300'.repeat(15)} tower`,
  '👨‍👩‍👧‍👦🏳️‍🌈👍🏽1️⃣🇫🇷'.repeat(3),
  'abc \u05D0\u05D1\u05D2 (\u0627\u0644',
  '<img src=x onerror=alert(1)>',
  '</title><script>alert(1)</script>',
  '__proto__',
  'constructor',
  'toString',
  'undefined',
  'null',
  '0',
];

/** Texts that leave their place: beyond the screen, or over more than a line. */
const tooLarge = (page: Page, selector: string): Promise<string[]> =>
  page.locator(selector).evaluateAll((all) =>
    all
      .filter((each) => {
        const { width, left, right, height } = each.getBoundingClientRect();
        const line = Number.parseFloat(getComputedStyle(each).fontSize) * 2;
        return width > 0 && (left < 0 || right > innerWidth || height > line);
      })
      .map((each) => each.textContent),
  );

it('hostile names and titles stay on their line, on a phone and on a wide screen', async ({
  server,
  owner,
  openAs,
}) => {
  const people = [];
  for (const name of NAMES) {
    const user = await server.signUp(name);
    if (user.id) people.push(user);
  }
  expect(people.length).toBeGreaterThan(6);
  for (const title of NAMES.slice(0, 6)) {
    const { body } = await server.call('POST', '/chat/conversations', {
      token: owner.token,
      body: { memberIds: people.map(({ id }) => id), title },
    });
    for (const user of people) await post(server, user, body.id, 'Short');
  }
  for (const width of [390, 1280]) {
    const page = await openAs(owner, '/', { viewport: { width, height: 800 } });
    await page.getByRole('navigation').getByText('Short').first().waitFor();
    expect(await tooLarge(page, 'nav li a > :not(:first-child)')).toEqual([]);
    await page.locator('nav li a').first().click();
    await row(page, 'Short').first().waitFor();
    expect(await tooLarge(page, 'article strong, article time, h1, h2')).toEqual([]);
    // All names stand in elements that keep their direction to themselves.
    expect(
      await page
        .locator('article strong')
        .evaluateAll((all) => all.filter((each) => !each.querySelector('bdi')).length),
    ).toBe(0);
    const times = await page.locator('article[data-first=true] time').evaluateAll((all) =>
      all.map((each) => {
        const name = each.parentElement?.querySelector('strong')?.getBoundingClientRect();
        return each.getBoundingClientRect().left >= (name?.right ?? Infinity);
      }),
    );
    expect(times.filter((isBeside) => !isBeside)).toEqual([]);
    await page.getByRole('button', { name: 'Details' }).click();
    await page.getByRole('heading', { name: 'Details' }).waitFor();
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
    ).toBe(0);
  }
});

it('hostile texts are drafts and previews like others', async ({ server, owner, member, openAs }) => {
  const texts = HOSTILE_TEXTS.filter((text) => text.trim() !== '' && text.length < 5_000);
  const ids = [];
  for (const text of texts) {
    const id = await server.createConversation(owner, [member]);
    await post(server, member, id, text);
    ids.push(id);
  }
  const page = await openAs(owner, `/c/${ids[0]}`);
  await composer(page).waitFor();
  expect(await tooLarge(page, 'nav li a > :not(:first-child)')).toEqual([]);
  for (const [index, text] of texts.slice(0, 6).entries()) {
    await page.locator(`nav a[href="/c/${ids[index]}"]`).click();
    await page.waitForURL(`**/c/${ids[index]}`);
    await composer(page).fill(text);
    // The same text as a plain field has it.
    expect(await composer(page).inputValue()).toBe(text.replaceAll('\r\n', '\n'));
  }
  // The row of the last one is far above.
  await page.evaluate((path) => history.pushState(null, '', path), `/c/${ids.at(-1)}`);
  await page.getByText('Draft:').first().waitFor();
  expect(await tooLarge(page, 'nav li a > :not(:first-child)')).toEqual([]);
  expect(await page.locator('nav li a :is(img, script, svg:not(.lucide))').count()).toBe(0);
  expect(await page.title()).toMatch(/^\(\d+\) Causerie$/);
});
