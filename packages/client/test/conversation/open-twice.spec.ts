import { expect, it } from 'vitest';
import { createClient } from '../../src/client.ts';
import { createTestServer } from '../../src/testing/public-api.ts';

/** A client that is online, on a slow network, and a conversation that it has in its list, with these messages. */
async function connected(...messages: readonly string[]) {
  const server = createTestServer();
  const [ada, bob] = [server.user('Ada'), server.user('Bob')];
  const id = server.conversation(ada, bob);
  for (const message of messages) server.say(bob, id, message);
  const { url, clock } = server;
  const client = createClient({ url, clock, transport: server.transport() });
  await client.session.adopt(ada.tokens);
  client.connect();
  await clock.idle();
  await client.conversations.load();
  server.faults.slow(50);
  return { server, clock, client, timeline: client.conversation(id).timeline };
}

it.for(['latest', 'unread', 1] as const)(
  'an empty conversation that is opened twice at the same time is asked for twice: %s',
  async (at) => {
    const { server, clock, client, timeline } = await connected();
    const opened = Promise.all([timeline.open(at), timeline.open(at)]);
    await clock.advance(2_000);
    await opened;
    const pages = server.requests.filter(({ name }) => name.includes('/messages/window'));
    expect(pages).toHaveLength(2);
    expect(timeline.getSnapshot()).toMatchObject({ atStart: true, atEnd: true, busy: null });
    await client.close();
  },
);

it('a conversation that is opened twice when the connection breaks is there when it is back', async () => {
  const { server, clock, client, timeline } = await connected('Hello!');
  void timeline.open('latest');
  void timeline.open('latest');
  await clock.advance(20);
  server.faults.goOffline();
  server.faults.cut();
  await clock.advance(5_000);
  expect(timeline.getSnapshot()).toMatchObject({ items: [], busy: null, error: { code: 'NETWORK' } });
  server.faults.goOnline();
  await clock.advance(60_000);
  expect(timeline.getSnapshot()).toMatchObject({ items: [{ message: { content: 'Hello!' } }], error: null });
  await client.close();
});
