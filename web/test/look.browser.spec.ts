import { isDeepStrictEqual } from 'node:util';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { makeBusyChat } from './support/busy-chat.ts';
import { checkScreens } from './support/check-screens.ts';
import { findCut } from './support/find-cut.ts';
import { findBarriers, findOverflow } from './support/find-faults.ts';
import { findLostFocus } from './support/find-lost-focus.ts';
import { row } from './support/rows.ts';
import type { Screen } from './support/screen.ts';
import { screensOf } from './support/screens.ts';
import { SIGNED_OUT_SCREENS } from './support/signed-out-screens.ts';
import { webTest } from './support/web-test.ts';

const it = webTest.extend('chat', { scope: 'file' }, ({ server }) => makeBusyChat(server));

/** Those with an address. What opens in them is walked through with the other looks. */
const PAGES = /^(login|signup|list|archive|new|settings.*|group|details|thread|threads|mentions|invite)$/;
const SCREENS = new Set(['list', 'group', 'details']);

it('the main screens have no barrier for anybody, and nothing is cut: on a phone, in the dark, in French', async ({
  chat,
  openAs,
}) => {
  const page = await openAs(chat.ada, '/', {
    viewport: { width: 390, height: 800 },
    colorScheme: 'dark',
    locale: 'fr',
  });
  const screens = screensOf(chat).filter(({ name }) => SCREENS.has(name));
  expect(await checkScreens(page, screens, [findBarriers, findOverflow, findCut])).toEqual([]);
});

const walk = (page: Page, screens: readonly Screen[]): Promise<string[]> =>
  checkScreens(
    page,
    screens.filter(({ name }) => PAGES.test(name)),
    [findLostFocus],
  );

it('Tab leads through every page: the focus is seen, comes to everything, and is never lost', async ({
  server,
  chat,
  openAs,
  openProfile,
}) => {
  const signedOut = await (await openProfile({ locale: 'en' })).newPage();
  await signedOut.goto(`${server.url}/login`);
  expect(await walk(signedOut, SIGNED_OUT_SCREENS)).toEqual([]);
  expect(await walk(await openAs(chat.ada), screensOf(chat))).toEqual([]);
});

/** How far the line below the bar and the first row are from the top. */
const tops = (page: Page): Promise<number[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('nav header, nav li, main header, article')].map(
      (element) => element.getBoundingClientRect().top,
    ),
  );

/** Where they stay: after the window has got another size, the rows are measured anew. */
async function settledTops(page: Page): Promise<number[]> {
  let last: number[] = [];
  const isSettled = async (): Promise<boolean> => {
    const now = await tops(page);
    const isSame = isDeepStrictEqual(now, last);
    last = now;
    return isSame;
  };
  await expect.poll(isSettled).toBe(true);
  return last;
}

it('the banner moves nothing, on a phone neither', async ({ chat, openAs, pageErrors }) => {
  const page = await openAs(chat.ada, `/c/${chat.group}`);
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 800 });
    await row(page, 'Good.').last().waitFor();
    const before = await settledTops(page);
    await page.context().setOffline(true);
    await page.getByText('No connection').waitFor();
    expect(await tops(page)).toEqual(before);
    expect(await page.getByRole('heading', { name: 'Design of the harbour' }).isVisible()).toBe(true);
    await page.context().setOffline(false);
    await page.getByText('No connection').waitFor({ state: 'hidden' });
  }
  pageErrors.splice(0);
});

it('what has the focus, and who speaks, is seen with forced colours; nothing moves by itself for who wants that', async ({
  chat,
  openAs,
}) => {
  const page = await openAs(chat.ada, `/c/${chat.group}`);
  await row(page, 'Good.').last().waitFor();
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  await page.keyboard.press('Tab');
  const look = await page.evaluate(() => {
    const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement ?? document.body);
    const moving = document
      .getAnimations()
      .filter(({ effect }) => Number(effect?.getComputedTiming().duration) > 0);
    return { outlineStyle, outlineWidth, moving: moving.length };
  });
  expect(look).toEqual({ outlineStyle: 'solid', outlineWidth: '2px', moving: 0 });
});
