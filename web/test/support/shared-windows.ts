import type { Browser, Page } from 'playwright-core';
import type { TestUser } from '../../../test/support/test-server.js';
import { watchPages } from '../../../test/support/watch-pages.js';
import { logIn } from './log-in.ts';

/** One window for each person, in which the tests of a file go from address to address as by a link: nothing is loaded anew. */
export class SharedWindows {
  private readonly pages = new Map<string, Page>();
  /** Gets what goes wrong in them: that of the test that runs. */
  sink: string[] = [];

  constructor(
    private readonly browser: Browser,
    private readonly url: string,
  ) {}

  async show(user: TestUser, path: string): Promise<Page> {
    const shown = this.pages.get(user.id);
    if (shown) {
      await goTo(shown, path);
      return shown;
    }
    const profile = await this.browser.newContext({
      locale: 'en',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    watchPages(profile, { push: (...errors) => this.sink.push(...errors) });
    const page = await logIn(profile, user, this.url);
    this.pages.set(user.id, page);
    await page.goto(this.url + path);
    return page;
  }

  /** Nothing of one test is open in the next one. */
  async leave(): Promise<void> {
    for (const page of this.pages.values()) {
      await page.mouse.move(0, 0);
      await goTo(page, '/');
    }
  }

  async close(): Promise<void> {
    for (const page of this.pages.values()) await page.context().close();
    this.pages.clear();
  }
}

/** The router hears of it. */
const goTo = (page: Page, path: string): Promise<void> =>
  page.evaluate((address) => history.pushState(null, '', address), path);
