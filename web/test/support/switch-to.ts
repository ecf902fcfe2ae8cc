import type { Page } from 'playwright-core';

/** Two frames later everything that a change has caused is on the screen. */
export const twoFrames = (page: Page): Promise<unknown> =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

/** Follows a link to a conversation, and resolves when it is on the screen. */
export async function switchTo(page: Page, id: string): Promise<void> {
  await page.evaluate(
    (path) => document.querySelector<HTMLElement>(`nav a[href="${path}"]`)?.click(),
    `/c/${id}`,
  );
  await twoFrames(page);
}
