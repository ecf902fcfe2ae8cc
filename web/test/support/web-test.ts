import type { BrowserContextOptions, Page } from 'playwright-core';
import { PER_FILE } from '../../../test/support/api-test.js';
import { browserTest } from '../../../test/support/browser-test.js';
import type { TestUser } from '../../../test/support/test-server.js';

const PASSWORD = 'correct horse battery';

/** The test of a spec of the web client: its server serves it, and `openAs` opens it in a profile of its own. */
export const webTest = browserTest
  .extend('variables', PER_FILE, { WEB: 'on' } as Record<string, string>)
  /** Logs somebody in, and opens an address: another person, or another device. */
  .extend('openAs', ({ server, openProfile }) => {
    return async (user: TestUser, path = '/', options: BrowserContextOptions = {}): Promise<Page> => {
      const profile = await openProfile({ locale: 'en', ...options });
      const page = await profile.newPage();
      await page.goto(`${server.url}/login?next=${encodeURIComponent(path)}`);
      await page.getByLabel('E-mail', { exact: true }).fill(user.email);
      await page.getByLabel(/Password|Mot de passe/).fill(PASSWORD);
      await page.keyboard.press('Enter');
      await page.waitForURL(({ pathname }) => pathname !== '/login');
      return page;
    };
  });
