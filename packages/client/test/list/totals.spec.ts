import { expect, it as test } from 'vitest';
import { createClient } from '../../src/client.ts';
import { createTestServer } from '../../src/testing/public-api.ts';

/** Ada is in 150 conversations with Bob, of which the list has 100 on its first page. */
const it = test
  .extend('server', () => createTestServer())
  .extend('stage', async ({ server }, { onCleanup }) => {
    const [ada, bob] = [server.user('Ada'), server.user('Bob')];
    const ids: string[] = [];
    for (let count = 0; count < 150; count += 1) {
      await server.clock.advance(1);
      const id = server.conversation(ada, bob);
      ids.push(id);
      if (count === 30 || count === 140) server.say(bob, id, 'Hello!');
    }
    const client = createClient({ url: server.url, clock: server.clock, transport: server.transport() });
    onCleanup(() => client.close());
    await client.session.adopt(ada.tokens);
    client.connect();
    await client.conversations.load();
    const asked = (): number => server.requests.filter(({ name }) => name === 'GET /chat/unread').length;
    const seen: number[] = [];
    const end = client.totals.subscribe(() => seen.push(client.totals.getSnapshot().messages));
    await server.clock.advance(100);
    return { server, ada, bob, client, asked, seen, end, far: ids[30] ?? '', near: ids[140] ?? '' };
  });

it('has what is unread in conversations that are not loaded', async ({ stage }) => {
  const { client, asked, server, bob, far, near, seen } = stage;
  expect(client.totals.getSnapshot()).toEqual({ conversations: 2, messages: 2, mentions: 0, threads: 0 });
  expect(asked()).toBe(1);
  server.say(bob, near, 'Again!');
  await server.clock.advance(5_000);
  expect(client.totals.getSnapshot().messages).toBe(3);
  expect(asked()).toBe(1);
  server.say(bob, far, 'Are you there?');
  await server.clock.advance(5_000);
  expect(client.totals.getSnapshot()).toEqual({ conversations: 2, messages: 4, mentions: 0, threads: 0 });
  seen.length = 0;
  await client.conversations.loadMore();
  await server.clock.advance(5_000);
  expect(client.conversations.getSnapshot().hasMore).toBe(false);
  expect(client.totals.getSnapshot()).toEqual({ conversations: 2, messages: 4, mentions: 0, threads: 0 });
  expect(seen).toEqual([]);
});

it('hears of what is read elsewhere, and asks at most once in two seconds', async ({ stage }) => {
  const { client, asked, server, ada, far } = stage;
  const patch = (lastReadSeq: number) =>
    ada.call('PATCH /chat/conversations/:id/me', { params: { id: far }, body: { lastReadSeq } });
  for (let times = 0; times < 5; times += 1) {
    patch(1);
    patch(0);
  }
  patch(1);
  await server.clock.advance(1_800);
  expect(asked()).toBe(1);
  await server.clock.advance(2_000);
  expect(client.totals.getSnapshot()).toEqual({ conversations: 1, messages: 1, mentions: 0, threads: 0 });
  expect(asked()).toBe(2);
});

it('asks for nothing when nobody looks, and once a connection, for threads, when the whole list is loaded', async ({
  stage,
}) => {
  const { client, asked, server, ada, bob, far, end } = stage;
  end();
  ada.call('PATCH /chat/conversations/:id/me', { params: { id: far }, body: { pinned: true } });
  await server.clock.advance(5_000);
  expect(asked()).toBe(1);
  await client.conversations.loadMore();
  client.totals.subscribe(() => undefined);
  server.faults.cut();
  await server.clock.advance(60_000);
  server.say(bob, server.conversation(ada, bob), 'New');
  await server.clock.advance(5_000);
  expect(client.connection.getSnapshot().status).toBe('online');
  expect(client.totals.getSnapshot()).toEqual({ conversations: 3, messages: 3, mentions: 0, threads: 0 });
  expect(asked()).toBe(2);
});

it('counts the threads that one follows, and what is read in them', async ({ stage }) => {
  const { client, server, ada, bob, near, asked } = stage;
  await client.conversations.loadMore();
  const threads = (): number => client.totals.getSnapshot().threads;
  const root = server.say(ada, near, 'A thread?');
  const params = { id: near, messageId: root.id };
  const thread = bob.call('PUT /chat/conversations/:id/messages/:messageId/thread', { params });
  server.say(bob, thread.id, 'Yes');
  await server.clock.advance(5_000);
  expect(threads()).toBe(1);
  await client.conversation(thread.id).timeline.open('latest');
  client.conversation(thread.id).markRead();
  await server.clock.advance(1_000);
  expect(threads()).toBe(0);
  server.say(bob, thread.id, 'More');
  await server.clock.advance(5_000);
  expect(threads()).toBe(1);
  ada.call('PATCH /chat/conversations/:id/me', { params: { id: thread.id }, body: { lastReadSeq: 2 } });
  await server.clock.advance(5_000);
  expect(threads()).toBe(0);
  expect(asked()).toBeLessThan(6);
});
