import { expect } from 'vitest';
import { composer, post, row } from './support/rows.ts';
import { webTest as it } from './support/web-test.ts';

const PHONE = { viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true };

it('on a phone the composer stands above the keyboard, and the end stays in view', async ({
  server,
  owner,
  openAs,
}) => {
  const id = await server.createConversation(owner);
  for (let index = 1; index <= 40; index += 1) await post(server, owner, id, `line ${index}.`);
  const page = await openAs(owner, `/c/${id}`, PHONE);
  await row(page, 'line 40.').waitFor();
  await composer(page).tap();
  // The keyboard takes the lower half.
  await page.setViewportSize({ width: 390, height: 400 });
  await expect
    .poll(() =>
      page.evaluate(() => {
        const field = document.querySelector('textarea')?.getBoundingClientRect();
        const last = [...document.querySelectorAll('article')].at(-1)?.getBoundingClientRect();
        return field && last && field.bottom <= 400 && last.bottom <= field.top;
      }),
    )
    .toBe(true);
  expect(await page.evaluate(() => scrollY)).toBe(0);
  // Smaller text in a field makes phones zoom in; people may zoom themselves.
  const sizes = await page
    .locator('input, textarea')
    .evaluateAll((all) => all.map((each) => Number.parseFloat(getComputedStyle(each).fontSize)));
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(16);
  const viewport = await page.locator('meta[name=viewport]').getAttribute('content');
  expect(viewport).toContain('viewport-fit=cover');
  expect(viewport).not.toMatch(/user-scalable|maximum-scale/);
});

it('where the keyboard lies over the page, the page makes room for it once', async ({
  server,
  owner,
  logInAs,
}) => {
  const id = await server.createConversation(owner);
  await post(server, owner, id, 'The last one');
  const page = await logInAs(owner, PHONE);
  // As in Safari, where only the visual viewport gets smaller.
  await page.addInitScript(() => {
    const keyboard = Object.assign(new EventTarget(), { height: innerHeight, scale: 1 });
    Object.assign(globalThis, { keyboard });
    Object.defineProperty(globalThis, 'visualViewport', { value: keyboard });
  });
  await page.goto(`${server.url}/c/${id}`);
  await row(page, 'The last one').waitFor();
  const bottom = (): Promise<number> =>
    composer(page).evaluate((field) => Math.ceil(field.getBoundingClientRect().bottom));
  const setHeight = (height: number): Promise<void> =>
    page.evaluate((px) => {
      const { keyboard } = globalThis as unknown as { keyboard: EventTarget & { height: number } };
      keyboard.height = px;
      keyboard.dispatchEvent(new Event('resize'));
    }, height);
  for (const height of [700, 550, 420]) await setHeight(height);
  await expect.poll(bottom).toBeLessThanOrEqual(420);
  await row(page, 'The last one').click({ trial: true });
  await setHeight(800);
  await expect.poll(bottom).toBeGreaterThan(700);
});
