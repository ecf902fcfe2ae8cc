import { expect, it as test, onTestFinished } from 'vitest';
import { createClient } from '../../src/client.ts';
import type { CauserieClient } from '../../src/api/client.ts';
import type { Message } from '../../src/contract.ts';
import { createTestServer, type TestAccount } from '../../src/testing/public-api.ts';

/** Ada has a client, Bob is on the server only; both are in one conversation. */
const it = test
  .extend('server', () => createTestServer())
  .extend('stage', async ({ server }, { onCleanup }) => {
    const [ada, bob] = [server.user('Ada'), server.user('Bob')];
    const id = server.conversation(ada, bob);
    const clients: CauserieClient[] = [];
    onCleanup(() => clients.forEach((client) => void client.close()));

    async function open(user: TestAccount): Promise<CauserieClient> {
      const { url, clock } = server;
      const client = createClient({ url, clock, transport: server.transport() });
      clients.push(client);
      await client.session.adopt(user.tokens);
      client.connect();
      await clock.idle();
      return client;
    }
    const client = await open(ada);
    const conversation = client.conversation(id);
    await conversation.timeline.open();
    const texts = (): string[] =>
      conversation.timeline
        .getSnapshot()
        .items.map((item) => (item.kind === 'message' ? item.message.content : `${item.pending.content}?`));
    return { server, ada, bob, id, client, conversation, texts, open };
  });

it('a message is stored once when its acknowledgement is lost', async ({ stage }) => {
  const { server, bob, id, conversation, texts } = stage;
  server.faults.loseAck();
  server.faults.loseEvents();
  conversation.send('Hello!');
  await server.clock.idle();
  expect(texts()).toEqual(['Hello!?']);
  await server.clock.advance(60_000);
  expect(texts()).toEqual(['Hello!']);
  expect(bob.call('GET /chat/conversations/:id/messages', { params: { id } }).total).toBe(1);
});

it('lost events are read again', async ({ stage }) => {
  const { server, bob, id, conversation, texts } = stage;
  server.faults.loseEvents(2);
  for (const text of ['one', 'two', 'three']) server.say(bob, id, text);
  await server.clock.advance(1_000);
  expect(texts()).toEqual(['one', 'two', 'three']);
  expect(await conversation.verify()).toEqual({ missing: [], doubled: [], different: [] });
});

it('a message that comes with a page is in the row of its conversation, too', async ({ stage }) => {
  const { server, ada, bob, id, open } = stage;
  for (let count = 1; count <= 120; count += 1) server.say(bob, id, `${count}`);
  // Otherwise it might be that one which loses the event.
  await stage.client.close();
  const client = await open(ada);
  await client.conversations.load();
  const { timeline, summary } = client.conversation(id);
  await timeline.open(1);
  server.faults.loseEvents();
  server.say(bob, id, 'lost');
  await timeline.jumpTo('latest');
  const row = summary.getSnapshot();
  expect([row?.lastSeq, row?.unreadCount]).toEqual([121, 121]);
  expect(row?.lastMessage?.content).toBe('lost');
});

it('events in the opposite order are put into theirs', async ({ stage }) => {
  const { server, bob, id, texts } = stage;
  server.faults.reorder(3);
  for (const text of ['one', 'two']) server.say(bob, id, text);
  await server.clock.idle();
  expect(texts()).toEqual([]);
  server.say(bob, id, 'three');
  await server.clock.idle();
  expect(texts()).toEqual(['one', 'two', 'three']);
});

it('what was said during a break is there after it', async ({ stage }) => {
  const { server, bob, id, client, texts } = stage;
  server.faults.cut();
  expect(client.connection.getSnapshot().status).toBe('offline');
  server.say(bob, id, 'meanwhile');
  await server.clock.advance(5_000);
  expect(client.connection.getSnapshot().status).toBe('online');
  expect(texts()).toEqual(['meanwhile']);
});

it('what is sent without a network waits', async ({ stage }) => {
  const { server, client, conversation, texts } = stage;
  server.faults.goOffline();
  conversation.send('later');
  await server.clock.advance(30_000);
  expect(client.connection.getSnapshot().status).toBe('offline');
  expect(texts()).toEqual(['later?']);
  server.faults.goOnline();
  await server.clock.advance(60_000);
  expect(texts()).toEqual(['later']);
});

it('nothing gets through a frozen server, and everything when it thaws', async ({ stage }) => {
  const { server, bob, id, conversation, texts } = stage;
  server.faults.freeze();
  server.say(bob, id, 'in the ice');
  conversation.send('mine');
  await server.clock.advance(1_000);
  expect(texts()).toEqual(['mine?']);
  server.faults.thaw();
  await server.clock.idle();
  expect(texts()).toEqual(['in the ice', 'mine']);
});

it('a refusal is repeated when the server says so', async ({ stage }) => {
  const { server, client, conversation, texts } = stage;
  server.faults.refuse('RATE_LIMITED', 2_000);
  conversation.send('again');
  await server.clock.idle();
  expect(client.outbox.getSnapshot()).toMatchObject([{ error: { code: 'RATE_LIMITED' } }]);
  await server.clock.advance(4_000);
  expect(texts()).toEqual(['again']);
});

it('a refusal for good fails the message', async ({ stage }) => {
  const { server, conversation, client } = stage;
  server.faults.refuse('POSTING_RESTRICTED');
  const { settled } = conversation.send('no');
  await expect(settled).rejects.toMatchObject({ code: 'POSTING_RESTRICTED' });
  expect(client.outbox.getSnapshot()).toMatchObject([{ status: 'failed' }]);
});

it('an expired token is refreshed, also when the answer is lost', async ({ stage }) => {
  const { server, client } = stage;
  server.faults.expireToken();
  server.faults.loseRefreshAnswer();
  const profile = client.call('GET /users/me');
  await server.clock.advance(10_000);
  await expect(profile).resolves.toMatchObject({ displayName: 'Ada' });
  expect(client.session.state.getSnapshot().status).toBe('signed-in');
  expect(client.connection.getSnapshot().status).toBe('online');
});

it('tokens are renewed in time', async ({ stage }) => {
  const { server, client } = stage;
  await server.clock.advance(3_600_000);
  const names = server.requests.map(({ name }) => name);
  expect(client.connection.getSnapshot().status).toBe('online');
  expect(names.filter((name) => name === 'authenticate').length).toBeGreaterThan(3);
  expect(names.filter((name) => name === 'socket').length).toBe(1);
});

it('a slow network delays both ways', async ({ stage }) => {
  const { server, conversation, texts } = stage;
  server.faults.slow(300);
  conversation.send('slow');
  await server.clock.advance(599);
  expect(texts()).toEqual(['slow?']);
  await server.clock.advance(1);
  expect(texts()).toEqual(['slow']);
});

it('a request whose answer is lost has taken effect', async ({ stage }) => {
  const { server, bob, id, client } = stage;
  server.faults.loseAnswer();
  const body = { content: 'stored' };
  const lost = client.call('POST /chat/conversations/:id/messages', { params: { id }, body });
  await expect(lost).rejects.toMatchObject({ code: 'NETWORK' });
  const page = bob.call('GET /chat/conversations/:id/messages', { params: { id } });
  expect(page.data.map(({ content }: Message) => content)).toEqual(['stored']);
});

it('a session that is ended elsewhere signs out', async ({ stage }) => {
  const { server, ada, client } = stage;
  const { data } = ada.call('GET /auth/sessions');
  for (const { id } of data) ada.call('DELETE /auth/sessions/:id', { params: { id } });
  await server.clock.idle();
  expect(client.connection.getSnapshot()).toMatchObject({ status: 'signed-out', code: 'SESSION_REVOKED' });
});

it('two clients talk to each other', async ({ stage }) => {
  const { server, bob, id, conversation, texts, open } = stage;
  const other = (await open(bob)).conversation(id);
  await other.timeline.open();
  other.send('Hello Ada!');
  await server.clock.idle();
  conversation.markRead();
  other.notifyTyping();
  await server.clock.advance(1_000);
  expect(texts()).toEqual(['Hello Ada!']);
  expect(conversation.typing.getSnapshot()).toEqual([{ userId: bob.id }]);
  expect([...other.read.getSnapshot().byUser.values()]).toContain(1);
});

it('what the server does not have is refused loudly', async ({ stage }) => {
  const { server, bob } = stage;
  await expect(stage.client.call('GET /posts')).rejects.toMatchObject({
    code: 'ROUTE_NOT_FOUND',
    status: 404,
  });
  expect(() => bob.call('GET /posts')).toThrow('ROUTE_NOT_FOUND');
  expect(server.requests.at(-1)?.name).toBe('GET /posts');
});

it('a server under a path has its own address', async () => {
  const server = createTestServer({ url: 'https://example.test/chat-server/' });
  const client = createClient({ url: server.url, clock: server.clock, transport: server.transport() });
  onTestFinished(() => client.close());
  await client.session.login({ email: server.user('Ada').email, password: server.user('Ada').password });
  expect(client.session.state.getSnapshot().user?.displayName).toBe('Ada');
});
