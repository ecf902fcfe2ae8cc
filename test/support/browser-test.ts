import type { BrowserContext, BrowserContextOptions } from 'playwright-core';
import { expect } from 'vitest';
import { apiTest, PER_FILE } from './api-test.js';
import { launchChromium } from './chromium.js';
import { watchPages } from './watch-pages.js';

/**
 * The test of a spec that needs a browser, with all fixtures of `apiTest`. A page that reports an error fails the test: an
 * exception, a rejection that nobody handles, an error in the console (failed requests, and what the content security policy
 * refuses, are errors there), a crash. A test that expects some takes them out: `expect(pageErrors.splice(0)).toEqual([…])`.
 */
export const browserTest = apiTest
  // It starts faster than a page loads, so that files need not share it.
  .extend('browser', PER_FILE, async ({}, { onCleanup }) => {
    const browser = await launchChromium();
    onCleanup(() => browser.close());
    return browser;
  })
  .extend('pageErrors', (): string[] => [])
  /** Opens a profile of its own, with its own storage: another person, or another device. */
  .extend('openProfile', ({ browser, pageErrors }, { onCleanup }) => {
    const contexts: BrowserContext[] = [];
    onCleanup(async () => {
      await Promise.all(contexts.map((context) => context.close()));
      expect(pageErrors, 'errors of the pages').toEqual([]);
    });
    return async (options?: BrowserContextOptions): Promise<BrowserContext> => {
      const context = await browser.newContext(options);
      contexts.push(context);
      watchPages(context, pageErrors);
      return context;
    };
  })
  .extend('page', async ({ openProfile }) => (await openProfile()).newPage());
