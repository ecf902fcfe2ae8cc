import type { BrowserContextOptions, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { FaultProxy } from '../../../test/support/fault-proxy.js';
import type { TestUser } from '../../../test/support/test-server.js';
import { logIn } from './log-in.ts';
import { webTest } from './web-test.ts';

/**
 * Lets connections through again, and tells the page, as a browser does whose network is back: the next attempt to connect
 * may be half a minute away.
 */
export async function admit(page: Page, proxy: FaultProxy): Promise<void> {
  proxy.admit();
  await page.evaluate(() => dispatchEvent(new Event('online')));
}

/** Opens an address for somebody who has logged in, through a network that the test breaks. */
export const proxiedTest = webTest.extend('openThrough', ({ openProfile, server }) => {
  return async (
    user: TestUser,
    path = '/',
    options: BrowserContextOptions = {},
  ): Promise<{ page: Page; proxy: FaultProxy }> => {
    const proxy = await FaultProxy.open(server.url);
    onTestFinished(() => proxy.close());
    const profile = await openProfile({ locale: 'en', ...options });
    const page = await logIn(profile, user, proxy.url);
    await page.goto(proxy.url + path);
    return { page, proxy };
  };
});
