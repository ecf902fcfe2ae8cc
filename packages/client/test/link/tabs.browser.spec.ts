import { expect } from 'vitest';
import { PER_FILE } from '../../../../test/support/api-test.ts';
import { browserTest } from '../../../../test/support/browser-test.ts';
import type { ConnectionState } from '../../src/api/connection-state.ts';
import { bundlePage } from '../support/bundle-page.ts';
import type { RealClient } from '../support/real-client.ts';

/** What the script of the page has put there. */
declare const client: { openClient(kind: string): RealClient };
declare const one: RealClient;

const it = browserTest
  .extend('script', PER_FILE, () => bundlePage())
  .extend('openTabs', ({ server, script, openProfile }) => async (kind: 'web' | 'indexed', count: number) => {
    const profile = await openProfile({ bypassCSP: true });
    return Promise.all(
      Array.from({ length: count }, async () => {
        const page = await profile.newPage();
        const open = async (): Promise<void> => {
          await page.goto(`${server.url}/health`);
          await page.addScriptTag({ content: script });
          await page.evaluate(
            (name) => void Object.assign(globalThis, { one: client.openClient(name) }),
            kind,
          );
        };
        await open();
        return {
          page,
          open,
          signUp: (email: string) =>
            page.evaluate(
              (address) =>
                one.session.signup({ email: address, password: 'correct horse battery', displayName: 'Ada' }),
              email,
            ),
          restore: () =>
            page.evaluate(() => one.session.restore().then(() => one.session.state.getSnapshot().status)),
          goOnline: () => page.evaluate(() => (one.link.connect(), one.until('online').then(() => 'online'))),
          until: (status: ConnectionState['status']) =>
            page.evaluate((name) => one.until(name).then(({ status: reached }) => reached), status),
        };
      }),
    );
  });

it.for(['web', 'indexed'] as const)('tabs share what is in the storage: %s', async (kind, { openTabs }) => {
  const [first, second] = await openTabs(kind, 2);
  if (!first || !second) throw new Error('Two tabs.');
  await first.signUp(`${kind}@tabs.example`);
  expect(await second.restore()).toBe('signed-in');
  await second.open();
  expect(await second.restore()).toBe('signed-in');
  await Promise.all([first.goOnline(), second.goOnline()]);
  const signedOut = second.until('signed-out');
  await first.page.evaluate(() => one.session.logout());
  expect(await signedOut).toBe('signed-out');
  await second.open();
  expect(await second.restore()).toBe('signed-out');
});

it.for(['web', 'indexed'] as const)(
  'two tabs refresh in the same millisecond, 50 times, and nobody is signed out: %s',
  async (kind, { openTabs }) => {
    const tabs = await openTabs(kind, 2);
    await tabs[0]?.signUp(`${kind}-50@tabs.example`);
    await tabs[1]?.restore();
    for (let round = 0; round < 50; round += 1) {
      const at = Date.now() + 20;
      const tokens = await Promise.all(
        tabs.map(({ page }) =>
          page.evaluate(async (time) => {
            const token = (await one.account.token()) ?? '';
            for (let spins = 0; Date.now() < time && spins < 1e9; spins += 1);
            return one.account.renew(token, 'refused');
          }, at),
        ),
      );
      expect(tokens).toEqual([expect.any(String), expect.any(String)]);
    }
    for (const { page } of tabs) {
      expect(
        await page.evaluate(() => one.link.call('GET /users/me').then(({ displayName }) => displayName)),
      ).toBe('Ada');
    }
  },
);

it('the lock of a tab that hangs is waited for 8 s at most', async ({ openTabs }) => {
  const [first, second] = await openTabs('web', 2);
  const user = await first?.signUp('hangs@tabs.example');
  await second?.page.evaluate(
    (id) =>
      new Promise<void>((resolve) => {
        const name = `causerie:${location.origin}:refresh:${id}`;
        void navigator.locks.request(name, () => (resolve(), new Promise(() => undefined)));
      }),
    user?.id,
  );
  const renewed = await first?.page.evaluate(async () => {
    const token = (await one.account.token()) ?? '';
    const begun = performance.now();
    const next = await one.account.renew(token, 'refused');
    return { isNew: next !== token, took: performance.now() - begun };
  });
  expect(renewed?.isNew).toBe(true);
  expect(renewed?.took).toBeGreaterThan(7_900);
});

it('a machine without a network is offline at once, and online again at once', async ({
  openTabs,
  pageErrors,
}) => {
  const [tab] = await openTabs('web', 1);
  await tab?.signUp('offline@tabs.example');
  await tab?.goOnline();
  await tab?.page.context().setOffline(true);
  expect(await tab?.until('offline')).toBe('offline');
  await tab?.page.context().setOffline(false);
  expect(await tab?.until('online')).toBe('online');
  // The browser reports each attempt without a network.
  pageErrors.splice(0);
});
