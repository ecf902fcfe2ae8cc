import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import { DEMO_PASSWORD } from '../../src/arch/common/domain/demo-data.js';
import { seedDemoData } from '../../src/arch/common/infrastructure/database/seed.dev.js';
import { saveDemoPicture } from '../../src/arch/save-demo-picture.js';
import { webTest } from './support/web-test.ts';

/**
 * Writes the pictures anew: `TEST_EMOJI_FONT=NotoColorEmoji.ttf vitest run web/test/screenshots.browser.spec.ts`, with the path of
 * a font that has emoji: the browser of the tests has none.
 */
const EMOJI_FONT = process.env['TEST_EMOJI_FONT'];
const LARGEST = 150_000;
const PNG = '\x89PNG';

const pictureOf = (name: string): URL => new URL(`../../docs/images/${name}.png`, import.meta.url);

const it = webTest
  .extend('demo', { scope: 'file' }, ({ server }) => {
    return seedDemoData(server.database.connection, saveDemoPicture(server.config));
  })
  /** Logs in as the first account of the demo data, and opens the group with a long talk. */
  .extend('openDemo', ({ demo, server, openProfile }) => {
    return async (options: BrowserContextOptions): Promise<Page> => {
      if (demo.accounts === 0) throw new Error('There is no demo data.');
      const page = await (
        await openProfile({ locale: 'en', timezoneId: afternoonZone(), ...options })
      ).newPage();
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
  if (EMOJI_FONT !== undefined) {
    await addEmojiFont(page, await readFile(EMOJI_FONT, 'base64'));
    // Nothing is pointed at.
    await page.mouse.move(0, 0);
    await page.screenshot({ path: path.pathname });
  }
  const picture = readFileSync(path);
  expect(picture.toString('latin1', 0, 4)).toBe(PNG);
  expect(picture.length).toBeLessThan(LARGEST);
});

/** Shows emoji in a font. */
async function addEmojiFont(page: Page, base64: string): Promise<void> {
  await page.evaluate(async (encoded) => {
    const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
    const font = new FontFace('Emoji', bytes, { unicodeRange: 'U+2600-27BF, U+1F000-1FAFF' });
    document.fonts.add(await font.load());
    const { style } = document.documentElement;
    style.setProperty(
      '--font',
      `Emoji, ${getComputedStyle(document.documentElement).getPropertyValue('--font')}`,
    );
  }, base64);
}

/** A zone in which it is afternoon. */
function afternoonZone(now = new Date()): string {
  const offset = ((16 - now.getUTCHours() + 35) % 24) - 11;
  return `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`;
}
