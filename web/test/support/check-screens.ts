import type { Page } from 'playwright-core';
import { findBarriers, findOverflow } from './find-faults.ts';
import type { Screen } from './screens.ts';

export interface Mode {
  readonly width: number;
  readonly theme: 'light' | 'dark';
  readonly language: 'en' | 'fr';
}

/** From here on the page looks so. */
export async function setMode(page: Page, { width, theme, language }: Mode): Promise<void> {
  await page.setViewportSize({ width, height: 800 });
  await page.emulateMedia({ colorScheme: theme });
  await page.evaluate((tag) => localStorage.setItem('causerie.language', tag), language);
}

/** Leads to each screen, and lists what is wrong there. */
export async function checkScreens(
  page: Page,
  screens: readonly Screen[],
  isLarge = false,
): Promise<string[]> {
  const faults: string[] = [];
  const { origin } = new URL(page.url());
  for (const { name, path, open } of screens) {
    await page.goto(origin + path);
    // Twice the text, as a browser's setting would make it.
    if (isLarge) await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
    await open(page);
    const found = isLarge
      ? await findOverflow(page)
      : [...(await findBarriers(page)), ...(await findOverflow(page))];
    faults.push(...found.map((fault) => `${name}: ${fault}`));
    await page.context().setOffline(false);
  }
  return faults;
}
