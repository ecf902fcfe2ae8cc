import type { BrowserContextOptions, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { FaultProxy } from '../../../test/support/fault-proxy.js';
import type { TestUser } from '../../../test/support/test-server.js';
import { webTest } from './web-test.ts';

/** Logs somebody in through a network that the test breaks. */
export const proxiedTest = webTest.extend('openThrough', ({ openProfile, server }) => {
  return async (
    user: TestUser,
    path = '/',
    options: BrowserContextOptions = {},
  ): Promise<{ page: Page; proxy: FaultProxy }> => {
    const proxy = await FaultProxy.open(server.url);
    onTestFinished(() => proxy.close());
    const page = await (await openProfile({ locale: 'en', ...options })).newPage();
    await page.goto(`${proxy.url}/login?next=${encodeURIComponent(path)}`);
    await page.getByLabel('E-mail', { exact: true }).fill(user.email);
    await page.getByLabel('Password').fill('correct horse battery');
    await page.keyboard.press('Enter');
    await page.waitForURL(({ pathname }) => pathname !== '/login');
    return { page, proxy };
  };
});
