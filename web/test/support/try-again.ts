import type { Locator, Page } from 'playwright-core';

/** Presses the button, unless that has been tried again by itself, because there is a connection again. */
export const tryAgain = (place: Page | Locator): Promise<void> =>
  place
    .getByRole('button', { name: 'Try again' })
    .evaluateAll((all) => all.forEach((button) => (button as HTMLElement).click()));
