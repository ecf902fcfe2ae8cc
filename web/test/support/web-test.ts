import { deepEqual } from 'node:assert/strict';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { onTestFailed } from 'vitest';
import { PER_FILE } from '../../../test/support/api-test.js';
import { browserTest } from '../../../test/support/browser-test.js';
import type { TestUser } from '../../../test/support/test-server.js';
import { logIn } from './log-in.ts';
import { SharedWindows } from './shared-windows.ts';

/** The test of a spec of the web client: its server serves it, and `openAs` opens it in a profile of its own. */
export const webTest = browserTest
  .extend('variables', PER_FILE, { WEB: 'on' } as Record<string, string>)
  /** An empty page of somebody who has logged in, to be prepared before it goes to an address of the server. */
  .extend('logInAs', ({ server, openProfile }) => {
    return async (user: TestUser, options: BrowserContextOptions = {}): Promise<Page> =>
      logIn(await openProfile({ locale: 'en', ...options }), user, server.url);
  })
  /** Opens an address for somebody who has logged in: another person, or another device. */
  .extend('openAs', ({ server, logInAs }) => {
    return async (user: TestUser, path = '/', options: BrowserContextOptions = {}): Promise<Page> => {
      const page = await logInAs(user, options);
      await page.goto(server.url + path);
      return page;
    };
  })
  .extend('windows', PER_FILE, ({ browser, server }, { onCleanup }) => {
    const windows = new SharedWindows(browser, server.url);
    onCleanup(() => windows.close());
    return windows;
  })
  /**
   * Shows an address in the window that somebody has for all tests of the file: much faster than `openAs`, for tests that leave
   * nothing behind in the browser but what belongs to their own conversations. After a test that fails there are new windows.
   */
  .extend('show', ({ windows, pageErrors }, { onCleanup }) => {
    windows.sink = pageErrors;
    onCleanup(async () => {
      await windows.leave();
      deepEqual(pageErrors, [], 'The pages reported errors.');
    });
    return (user: TestUser, path = '/'): Promise<Page> => {
      onTestFailed(() => windows.close());
      return windows.show(user, path);
    };
  });
