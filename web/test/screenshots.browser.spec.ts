import { readFileSync } from 'node:fs';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import { DEMO_PASSWORD } from '../../src/arch/common/domain/demo-data.js';
import { seedDemoData } from '../../src/arch/common/infrastructure/database/seed.dev.js';
import { webTest } from './support/web-test.ts';

/** Writes the pictures anew: `TEST_WRITE_SCREENSHOTS=1 vitest run web/test/screenshots.browser.spec.ts`. */
const IS_WRITING = process.env['TEST_WRITE_SCREENSHOTS'] === '1';
const LARGEST = 150_000;
const PNG = '\x89PNG';

const pictureOf = (name: string): URL => new URL(`../../docs/images/${name}.png`, import.meta.url);

const it = webTest
  .extend('demo', { scope: 'file' }, async ({ server }) => {
    const demo = await seedDemoData(server.database.connection);
    // The browser of the tests has no pictures of emoji.
    await server.database.query(`update messages set reactions = null`);
    return demo;
  })
  /** Logs in as the first account of the demo data, and opens the group with a long talk. */
  .extend('openDemo', ({ demo, server, openProfile }) => {
    return async (options: BrowserContextOptions): Promise<Page> => {
      if (demo.accounts === 0) throw new Error('There is no demo data.');
      const page = await (await openProfile({ locale: 'en', ...options })).newPage();
      await page.goto(`${server.url}/login`);
      await page.locator('[name=email]').fill('user1@example.com');
      await page.locator('[name=password]').fill(DEMO_PASSWORD);
      await page.keyboard.press('Enter');
      await page.getByRole('link', { name: /Weekend in the hills/ }).click();
      await page.getByText('Bring the cat!').waitFor();
      return page;
    };
  });

it.for([
  { name: 'web-desktop', options: { viewport: { width: 1280, height: 800 } } },
  {
    name: 'web-phone',
    options: {
      viewport: { width: 390, height: 844 },
      colorScheme: 'dark' as const,
      hasTouch: true,
      isMobile: true,
    },
  },
])('the picture $name of the README can be taken, and is there', async ({ name, options }, { openDemo }) => {
  const page = await openDemo(options);
  const path = pictureOf(name);
  if (IS_WRITING) await page.screenshot({ path: path.pathname });
  const picture = readFileSync(path);
  expect(picture.toString('latin1', 0, 4)).toBe(PNG);
  expect(picture.length).toBeLessThan(LARGEST);
});
