import type { BrowserContext, Page } from 'playwright-core';

/** What a page has shown and asked for. */
interface FakeState {
  asked: number;
  readonly shown: { readonly title: string; readonly body: string; isClosed: boolean; click(): void }[];
}

declare global {
  var testNotifications: FakeState;
}

/** Replaces the notifications of all pages of a profile, which no window of the tests could show. */
export async function fakeNotifications(
  context: BrowserContext,
  answer: NotificationPermission,
): Promise<void> {
  await context.addInitScript((given) => {
    const KEY = 'test.permission';
    const state: FakeState = { asked: 0, shown: [] };
    globalThis.testNotifications = state;
    class FakeNotification extends EventTarget {
      readonly title: string;
      readonly body: string;
      isClosed = false;

      constructor(title: string, { body = '', silent = false }: NotificationOptions) {
        super();
        if (!silent) throw new Error('It would make a sound.');
        this.title = title;
        this.body = body;
        state.shown.push(this);
      }

      /** All pages of an origin share it. */
      static get permission(): string {
        return localStorage.getItem(KEY) ?? 'default';
      }

      static requestPermission(): Promise<string> {
        state.asked += 1;
        localStorage.setItem(KEY, given);
        return Promise.resolve(given);
      }

      click(): void {
        this.dispatchEvent(new Event('click'));
      }

      close(): void {
        this.isClosed = true;
      }
    }
    Object.assign(globalThis, { Notification: FakeNotification });
  }, answer);
}

/** What stands in the notifications that a page shows now. */
export const openNotifications = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    testNotifications.shown.filter(({ isClosed }) => !isClosed).map(({ title, body }) => `${title}: ${body}`),
  );
