import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { browserTest } from '../../../test/support/browser-test.ts';
import { type BuildOptions, type BuiltPage, serveBuiltPage } from '../../../test/support/built-page.ts';

const PAGE = join(import.meta.dirname, 'window-page');

/** The test of a spec of the window, on the page in `window-page`. */
export const windowTest = browserTest
  /** Builds the page and opens it, with the window at rest. */
  .extend('openWindow', ({ page }, { onCleanup }) => {
    const sites: BuiltPage[] = [];
    onCleanup(() => sites.forEach((site) => site.close()));
    return async (options?: BuildOptions): Promise<Page> => {
      const site = await serveBuiltPage(PAGE, options);
      sites.push(site);
      await page.goto(site.url);
      await page.evaluate(() => window.driver.settled());
      return page;
    };
  })
  .extend('window', ({ openWindow }) => openWindow());
