import type { BrowserContext } from 'playwright-core';

/** Collects what goes wrong in the pages of a profile. */
export function watchPages(context: BrowserContext, errors: Pick<string[], 'push'>): void {
  // Exceptions, and rejections that nobody handles.
  context.on('weberror', (event) => errors.push(String(event.error())));
  context.on('console', (message) => {
    if (message.type() === 'error') errors.push(`${message.text()} (${message.location().url})`);
  });
  // Nothing asks by a dialog of the browser: where one opens, a text of people has run as a program.
  context.on('dialog', (dialog) => {
    errors.push(`A dialog: ${dialog.type()} ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on('page', (page) => page.on('crash', () => errors.push(`The page crashed: ${page.url()}`)));
}
