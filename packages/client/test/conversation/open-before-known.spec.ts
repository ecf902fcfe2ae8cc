import { expect, it } from 'vitest';
import { createClient } from '../../src/client.ts';
import { createTestServer } from '../../src/testing/public-api.ts';

const ignore = (): void => undefined;

it('what is opened before the server can say whose the token is, is opened when it can', async () => {
  const server = createTestServer();
  const [ada, bob] = [server.user('Ada'), server.user('Bob')];
  const id = server.conversation(ada, bob);
  for (let number = 1; number <= 200; number += 1) server.say(bob, id, `number ${number}`);
  const { url, clock } = server;
  const auth = { kind: 'token', getToken: () => Promise.resolve(ada.tokens.accessToken) } as const;
  const client = createClient({ url, clock, auth, transport: server.transport() });
  server.faults.goOffline();
  client.connect();
  const { timeline, read, members } = client.conversation(id);
  timeline.subscribe(ignore);
  read.subscribe(ignore);
  timeline.open(100).catch(ignore);
  client.conversations.load().catch(ignore);
  const sending = client.conversation(id).send('mine');
  await clock.advance(20_000);
  expect(client.session.state.getSnapshot().status).toBe('unknown');

  server.faults.goOnline();
  await clock.advance(60_000);
  await sending.settled;
  const { first, last, stale, error } = timeline.getSnapshot();
  expect(first).toBeLessThanOrEqual(100);
  expect(last).toBeGreaterThanOrEqual(100);
  expect({ stale, error }).toEqual({ stale: false, error: null });
  expect(client.conversations.getSnapshot()).toMatchObject({ status: 'ready', items: [{ id }] });
  expect(read.getSnapshot().byUser.get(bob.id)).toBe(200);
  expect(members.getSnapshot()).toMatchObject({ status: 'ready', error: null });
  await timeline.jumpTo('latest');
  expect(timeline.getSnapshot().items.at(-1)).toMatchObject({
    kind: 'message',
    key: sending.clientMessageId,
  });
  await client.close();
});
