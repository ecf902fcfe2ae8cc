import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { PER_FILE } from '../../../test/support/api-test.ts';
import { browserTest } from '../../../test/support/browser-test.ts';
import { serveBuiltPage } from '../../../test/support/built-page.ts';
import { reactOf } from './react-of.ts';

/** What a hook gives on the page. */
const given = (page: Page, hook: string): Promise<unknown> =>
  page.evaluate((name) => (window as Partial<Window>).stage?.given(name), hook);

/** Waits until a hook gives this. */
const until = (page: Page, hook: string, wanted: unknown): Promise<void> =>
  expect.poll(() => given(page, hook)).toEqual(typeof wanted === 'object' ? matching(wanted) : wanted);

/** A list of two rows, the first of which has so many unread messages. */
const rowWith = (unread: number): unknown => [[expect.any(String), unread], expect.anything()];

const matching = (wanted: object | null): unknown => wanted && expect.objectContaining(wanted);

/** The tests of the hooks, which are the same with each version of React. */
export function testHooks(version: 18 | 19): void {
  const it = browserTest
    .extend('folder', PER_FILE, join(import.meta.dirname, 'hooks-page'))
    .extend('site', PER_FILE, async ({ folder }, { onCleanup }) => {
      const site = await serveBuiltPage(folder, { mode: 'development', plugins: [reactOf(version)] });
      onCleanup(() => site.close());
      return site;
    })
    /** The page with all hooks on the first conversation, online. */
    .extend('openHooks', ({ page, site }) => async (hash = ''): Promise<Page> => {
      await page.goto(`${site.url}${hash}`);
      await until(page, 'useConnection', { status: 'online' });
      await until(page, 'useConversations', { status: 'ready' });
      return page;
    })
    .extend('hooks', ({ openHooks }) => openHooks());

  it(`they run with React ${version}`, async ({ hooks }) => {
    expect(await hooks.locator('html').getAttribute('data-react')).toMatch(new RegExp(`^${version}\\.`));
  });

  it('a double mount opens one socket', async ({ hooks }) => {
    // Longer than a connection is kept that nobody holds.
    await hooks.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1_500)));
    expect(await hooks.evaluate(() => window.stage.counts.sockets)).toBe(1);
    expect(await given(hooks, 'useConnection')).toEqual({ status: 'online' });
  });

  it('the hooks show what happens', async ({ hooks }) => {
    await until(hooks, 'useTimeline', { atEnd: true, items: [] });
    await hooks.evaluate(() => {
      const { client, first, server, bob } = window.stage;
      server.say(bob, first, 'Hello!');
      client.conversation(first).setDraft('And then');
    });
    await until(hooks, 'useTimeline', { items: ['Hello!'] });
    await until(hooks, 'useTotals', { conversations: 1, messages: 1, mentions: 0, threads: 0 });
    await until(hooks, 'useSummary', 1);
    await until(hooks, 'useDraft', 'And then');
    await until(hooks, 'useMembers', { items: ['Ada', 'Bob'] });
    await until(hooks, 'useSession', { status: 'signed-in', user: 'Ada' });
    await until(hooks, 'useUser', 'Ada');
    await until(hooks, 'usePresence', 'online');
    await until(hooks, 'useRead', { lastReadSeq: 0 });
    expect(await given(hooks, 'useOutbox')).toEqual([]);
  });

  it('somebody who types renders one component again', async ({ hooks }) => {
    await until(hooks, 'useMembers', { status: 'ready' });
    await until(hooks, 'usePresence', 'online');
    const rendered = await hooks.evaluate(async () => {
      const { stage } = window;
      await stage.other.session.adopt(stage.bob.tokens);
      stage.other.connect();
      await new Promise<void>((resolve) => {
        stage.other.connection.subscribe(() => {
          if (stage.other.connection.getSnapshot().status === 'online') resolve();
        });
      });
      await stage.settled();
      stage.rendered = [];
      stage.other.conversation(stage.first).notifyTyping();
      for (let frames = 0; frames < 100 && stage.given('useTyping') !== 1; frames += 1) await stage.settled();
      await stage.settled();
      return stage.rendered;
    });
    expect(rendered).toEqual(['useTyping']);
  });

  it('a conversation that was shown before is shown at once as it was left, without a request', async ({
    hooks,
  }) => {
    await hooks.evaluate(() => {
      const { server, bob, second } = window.stage;
      for (let number = 1; number <= 120; number += 1) server.say(bob, second, `number ${number}`);
    });
    await until(hooks, 'useTotals', { messages: 120 });
    await hooks.evaluate(() => window.stage.show({ id: window.stage.second }));
    // Around the first message that is not read.
    await until(hooks, 'useTimeline', { atStart: true, atEnd: false, busy: null });
    await hooks.evaluate(() => window.stage.client.conversation(window.stage.second).markRead());
    await until(hooks, 'useTotals', { messages: 0 });
    await hooks.evaluate(() => window.stage.show({ id: window.stage.first }));
    await until(hooks, 'useTimeline', { items: [], busy: null });
    const { shown, requests } = await hooks.evaluate(async () => {
      const { stage } = window;
      const before = stage.server.requests.length;
      stage.show({ id: stage.second });
      const now = stage.given('useTimeline') as { items: string[] };
      await stage.settled();
      return { shown: now.items, requests: stage.server.requests.slice(before) };
    });
    expect(shown[0]).toBe('number 1');
    expect(requests).toEqual([]);
  });

  it('what is rendered again subscribes to nothing anew', async ({ hooks }) => {
    await until(hooks, 'usePresence', 'online');
    const { before, after } = await hooks.evaluate(async () => {
      const { stage } = window;
      await stage.settled();
      const first = stage.counts.everSubscribed;
      stage.show({ id: stage.first });
      await stage.settled();
      return { before: first, after: stage.counts.everSubscribed };
    });
    expect(before).toBeGreaterThan(15);
    expect(after).toBe(before);
  });

  it('nothing stays when everything is unmounted', async ({ hooks }) => {
    await until(hooks, 'useTimeline', { atEnd: true });
    await hooks.evaluate(() => window.stage.show({ id: null }));
    await expect
      .poll(() => hooks.evaluate(() => window.stage.client.connection.getSnapshot().status))
      .toBe('idle');
    expect(await hooks.evaluate(() => window.stage.counts)).toMatchObject({
      sockets: 1,
      timers: 0,
      subscriptions: 0,
      watchers: 0,
    });
  });

  it('a visit begins before what is shown is marked as read', async ({ hooks }) => {
    await hooks.evaluate(() => {
      const { stage } = window;
      for (const text of ['one', 'two', 'three']) stage.server.say(stage.bob, stage.second, text);
    });
    await until(hooks, 'useConversations', { items: rowWith(3) });
    await hooks.evaluate(() => window.stage.show({ id: window.stage.second, marksRead: true }));
    await until(hooks, 'useTotals', { messages: 0 });
    expect(await given(hooks, 'useVisit')).toEqual({ dividerSeq: 0 });
    await hooks.evaluate(() => window.stage.show({ id: window.stage.first }));
    await hooks.evaluate(() => window.stage.show({ id: window.stage.second }));
    expect(await given(hooks, 'useVisit')).toEqual({ dividerSeq: null });
  });

  it('another user sees nothing of the one before', async ({ hooks }) => {
    await hooks.evaluate(() => {
      const { stage } = window;
      stage.server.say(stage.bob, stage.first, 'Hello, Ada!');
      stage.client.conversation(stage.first).setDraft('of Ada');
    });
    await until(hooks, 'useTimeline', { items: ['Hello, Ada!'] });
    await hooks.evaluate(() => window.stage.signIn(window.stage.server.user('Carol')));
    await until(hooks, 'useSession', { user: 'Carol' });
    await until(hooks, 'useConversations', { status: 'ready', items: [] });
    expect(await given(hooks, 'useTimeline')).toMatchObject({ items: [] });
    expect(await given(hooks, 'useDraft')).toBe('');
    await hooks.evaluate(() => window.stage.signIn(window.stage.ada));
    await until(hooks, 'useConversations', {
      status: 'ready',
      items: expect.arrayContaining([expect.anything()]),
    });
    await until(hooks, 'useTimeline', { items: ['Hello, Ada!'] });
  });

  it('a page is hydrated without a difference, whatever the client holds', async ({ openHooks }) => {
    const page = await openHooks('#hydrated');
    await until(page, 'useTimeline', { atEnd: true });
  });
}
