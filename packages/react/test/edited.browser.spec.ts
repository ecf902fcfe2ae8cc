import { join } from 'node:path';
import { expect } from 'vitest';
import { browserTest } from '../../../test/support/browser-test.ts';
import { serveEditedPage } from '../../../test/support/edited-page.ts';
import type { Counts } from './hooks-page/counted-client.ts';

/** What the page has put there. */
declare const counts: Counts;

const it = browserTest
  .extend('folder', join(import.meta.dirname, 'edited-page'))
  .extend('site', async ({ folder }, { onCleanup }) => {
    const site = await serveEditedPage(folder);
    onCleanup(() => site.close());
    return site;
  });

it('a component that is edited keeps its state, the session and the socket', async ({ page, site }) => {
  await page.goto(site.url);
  await page.getByText('Hello, Ada! online, 0').click();
  await site.edit('greeting.tsx', (text) => text.replace('Hello', 'Welcome'));
  await page.getByText('Welcome, Ada! online, 1').click();
  // Longer than a connection is kept that nobody holds.
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1_500)));
  await page.getByText('Welcome, Ada! online, 2').waitFor();
  expect(await page.evaluate(() => counts)).toMatchObject({ sockets: 1, watchers: 1 });
});
