import { deepEqual } from 'node:assert/strict';
import type { BrowserContext, BrowserContextOptions } from 'playwright-core';
import { inject } from 'vitest';
import { apiTest, PER_FILE } from './api-test.js';
import { launchChromium } from './chromium.js';
import { watchPages } from './watch-pages.js';

/**
 * The test of a spec that needs a browser, with all fixtures of `apiTest`. A page that reports an error fails the test: an
 * exception, a rejection that nobody handles, an error in the console (failed requests, and what the content security policy
 * refuses, are errors there), a crash. A test that expects some takes them out: `expect(pageErrors.splice(0)).toEqual([…])`.
 */
export const browserTest = apiTest
  /** The browser that the global setup has found. */
  .extend('program', PER_FILE, () => inject('chromium'))
  // It starts faster than a page loads, so that files need not share it.
  .extend('browser', PER_FILE, async ({ program }, { onCleanup }) => {
    const browser = await launchChromium(program);
    onCleanup(() => browser.close());
    return browser;
  })
  .extend('pageErrors', (): string[] => [])
  /** Opens a profile of its own, with its own storage: another person, or another device. */
  .extend('openProfile', ({ browser, pageErrors }, { onCleanup }) => {
    const contexts: BrowserContext[] = [];
    onCleanup(async () => {
      await Promise.all(contexts.map((context) => context.close()));
      deepEqual(pageErrors, [], 'The pages reported errors.');
    });
    return async (options?: BrowserContextOptions): Promise<BrowserContext> => {
      const context = await browser.newContext(options);
      contexts.push(context);
      watchPages(context, pageErrors);
      return context;
    };
  })
  .extend('page', async ({ openProfile }) => (await openProfile()).newPage());
