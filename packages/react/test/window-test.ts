import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { PER_FILE } from '../../../test/support/api-test.ts';
import { browserTest } from '../../../test/support/browser-test.ts';
import { type BuildOptions, type BuiltPage, serveBuiltPage } from '../../../test/support/built-page.ts';

/** The test of a spec of the window, on the page in `window-page`. */
export const windowTest = browserTest
  .extend('folder', PER_FILE, join(import.meta.dirname, 'window-page'))
  /** The page as it is published, built once. */
  .extend('site', PER_FILE, async ({ folder }, { onCleanup }) => {
    const site = await serveBuiltPage(folder);
    onCleanup(() => site.close());
    return site;
  })
  /** Opens a page that is built with these options, with the window at rest. */
  .extend('openWindow', ({ page, folder }, { onCleanup }) => {
    const sites: BuiltPage[] = [];
    onCleanup(() => sites.forEach((site) => site.close()));
    return async (options: BuildOptions): Promise<Page> => {
      const site = await serveBuiltPage(folder, options);
      sites.push(site);
      return atRest(page, site);
    };
  })
  .extend('window', ({ page, site }) => atRest(page, site));

async function atRest(page: Page, { url }: BuiltPage): Promise<Page> {
  await page.goto(url);
  await page.evaluate(() => window.driver.settled());
  return page;
}
