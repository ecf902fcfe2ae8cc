import type { Page } from 'playwright-core';

/** Holds what a page asks for at some addresses, as a slow network would; the answer lets it through. */
export async function hold(page: Page, url: string | RegExp, method?: string): Promise<() => void> {
  const held = Promise.withResolvers<void>();
  await page.route(url, async (route) => {
    if (method === undefined || route.request().method() === method) await held.promise;
    await route.fallback();
  });
  return held.resolve;
}
