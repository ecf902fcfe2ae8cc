import type { CDPSession, Page } from 'playwright-core';
import type { FrameReport } from './window-page/frames.ts';

const NOTCH_PX = 120;

/** Turns the wheel over the window, a notch a frame, and reports what was seen. Upwards when negative. */
export async function wheel(page: Page, distance: number): Promise<FrameReport & { wheeled: number }> {
  await page.locator('.window').hover();
  await page.evaluate((up) => window.driver.watch(up ? 1 : -1), distance < 0);
  for (let turned = 0; turned < Math.abs(distance); turned += NOTCH_PX) {
    await page.mouse.wheel(0, Math.sign(distance) * NOTCH_PX);
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
  await page.evaluate(() => window.driver.settled());
  return page.evaluate(() => window.driver.report());
}

/** Pulls the messages down with a finger, again and again. */
export async function swipeDown(page: Page, swipes: number): Promise<FrameReport> {
  const session: CDPSession = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', y?: number): Promise<unknown> =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: y === undefined ? [] : [{ x: 200, y }] });
  // What a finger moves is not counted, only whether it moves back.
  await page.evaluate(() => window.driver.watch(1));
  for (let swipe = 0; swipe < swipes; swipe += 1) {
    await touch('touchStart', 100);
    for (let y = 120; y <= 500; y += 20) await touch('touchMove', y);
    await touch('touchEnd');
  }
  await page.evaluate(() => window.driver.settled());
  return page.evaluate(() => window.driver.report());
}
