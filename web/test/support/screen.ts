import type { Page } from 'playwright-core';

/** A screen in a state, by the steps that lead to it. */
export interface Screen {
  readonly name: string;
  readonly path: string;
  /** Waits until it is there, or leads to it. */
  readonly open: (page: Page) => Promise<unknown>;
}

/** When a list of the server is there. */
export const loaded = (page: Page): Promise<void> => page.locator('main section[aria-busy=false]').waitFor();
