import type { Page } from 'playwright-core';

/** What moves by itself: each animation and transition that lasts, as the class of its element. */
export const findMoving = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    document
      .getAnimations()
      .filter(({ effect }) => Number(effect?.getComputedTiming().duration) > 0)
      .map(({ effect }) => `moves: ${(effect as KeyframeEffect).target?.className}`),
  );
