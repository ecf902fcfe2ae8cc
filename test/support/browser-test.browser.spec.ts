import { expect } from 'vitest';
import { browserTest } from './browser-test.js';

const it = browserTest;

it(
  'shows a page in the font of the tests',
  { skip: Boolean(process.env['TEST_CHROMIUM']) },
  async ({ page }) => {
    await page.setContent('<p style="font: 20px sans-serif; width: max-content">Hello</p>');
    // The width of the word in Open Sans: on every machine the same, except in a browser of one's own.
    expect(await page.locator('p').boundingBox()).toMatchObject({ width: expect.closeTo(48.4, 0) });
  },
);

it.for([
  ['an exception', 'setTimeout(() => { throw new TypeError("broken") })', 'TypeError: broken'],
  ['a rejection', 'Promise.reject(new TypeError("lost"))', 'TypeError: lost'],
  ['an error in the console', 'console.error("wrong")', 'wrong ()'],
  [
    'a request that fails',
    'fetch("http://127.0.0.1:9/").catch(() => 0)',
    'Failed to load resource: net::ERR_UNSAFE_PORT (http://127.0.0.1:9/)',
  ],
])('collects %s', async ([, script = '', error], { page, pageErrors }) => {
  await page.setContent(`<script>${script}</script>`);
  await expect.poll(() => pageErrors).toContain(error);
  pageErrors.splice(0);
});

it('fails a test whose page reports an error', { fails: true }, async ({ page, pageErrors }) => {
  await page.setContent('<script>console.error("wrong")</script>');
  await expect.poll(() => pageErrors).toHaveLength(1);
});

it('gives each profile its own storage', async ({ page, openProfile, server }) => {
  const other = await (await openProfile()).newPage();
  const url = `${server.url}/health`;
  await Promise.all([page.goto(url), other.goto(url)]);
  await page.evaluate('localStorage.setItem("name", "Ada")');
  expect(await page.evaluate('localStorage.getItem("name")')).toBe('Ada');
  expect(await other.evaluate('localStorage.getItem("name")')).toBeNull();
});
