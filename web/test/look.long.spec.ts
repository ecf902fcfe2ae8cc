import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { TestUser } from '../../test/support/test-server.js';
import { makeBusyChat } from './support/busy-chat.ts';
import { checkScreens } from './support/check-screens.ts';
import { LOOK_MODES } from './support/look-modes.ts';
import { screensOf } from './support/screens.ts';
import { EMPTY_SCREENS, SIGNED_OUT_SCREENS } from './support/signed-out-screens.ts';
import { webTest } from './support/web-test.ts';

const it = webTest
  .extend('chat', { scope: 'file' }, ({ server }) => makeBusyChat(server))
  .extend('newcomer', { scope: 'file' }, ({ server }) => server.signUp('Newcomer'));

async function logIn(page: Page, { email }: TestUser): Promise<void> {
  await page.evaluate(() => localStorage.clear());
  await page.goto(new URL('/login', page.url()).href);
  await page.locator('[name=email]').fill(email);
  await page.locator('[name=password]').fill('correct horse battery');
  await page.keyboard.press('Enter');
  await page.waitForURL(({ pathname }) => pathname !== '/login');
}

it.for(LOOK_MODES)(
  'every screen is whole, and has no barrier: $name',
  async ({ options, textSize, finds }, { server, chat, newcomer, openProfile, pageErrors }) => {
    const profile = await openProfile({ locale: 'en', ...options });
    const page = await profile.newPage();
    if (textSize !== undefined) {
      const browser = await profile.newCDPSession(page);
      await browser.send('Page.setFontSizes', { fontSizes: { standard: textSize, fixed: textSize } });
    }
    await page.goto(`${server.url}/login`);
    const faults = await checkScreens(page, SIGNED_OUT_SCREENS, finds);
    await logIn(page, newcomer);
    faults.push(...(await checkScreens(page, EMPTY_SCREENS, finds)));
    await logIn(page, chat.ada);
    faults.push(...(await checkScreens(page, screensOf(chat), finds)));
    // Some screens are of what is not there, and of a network that is away.
    pageErrors.splice(0);
    expect(faults).toEqual([]);
  },
);
