import type { BrowserContext, Page } from 'playwright-core';
import type { TestUser } from '../../../test/support/test-server.js';

const PASSWORD = 'correct horse battery';

/** An empty page of a browser with which somebody has logged in before: it is opened without the form. */
export async function logIn(profile: BrowserContext, { email }: TestUser, origin: string): Promise<Page> {
  // As the browser itself: the server keeps its name with the session.
  const answer = await profile.request.post(`${origin}/auth/login`, { data: { email, password: PASSWORD } });
  const tokens: object = await answer.json();
  const page = await profile.newPage();
  await page.addInitScript(
    ([ofOrigin, session]) => {
      // Once: who is logged out later stays so.
      if (location.origin !== ofOrigin || sessionStorage.getItem('test.loggedIn')) return;
      sessionStorage.setItem('test.loggedIn', 'once');
      localStorage.setItem(`causerie:${ofOrigin}:session`, session);
    },
    [origin, JSON.stringify({ ...tokens, obtainedAt: Date.now() })] as const,
  );
  return page;
}
