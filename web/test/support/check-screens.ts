import type { Page } from 'playwright-core';
import type { Find } from './find-cut.ts';
import type { Screen } from './screen.ts';

/** Leads to each screen as links do, and lists what is wrong there. */
export async function checkScreens(
  page: Page,
  screens: readonly Screen[],
  finds: readonly Find[],
): Promise<string[]> {
  const faults: string[] = [];
  for (const { name, path, open } of screens) {
    await page.evaluate((address) => history.pushState(null, '', address), path);
    await open(page);
    for (const find of finds) faults.push(...(await find(page)).map((fault) => `${name}: ${fault}`));
    await page.context().setOffline(false);
    await page.keyboard.press('Escape');
  }
  return faults;
}
