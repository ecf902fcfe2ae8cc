import { afterAll, beforeAll, expect, it } from 'vitest';
import { DatabaseProxy } from '../../support/database-proxy.js';
import { FailoverPostgres } from '../../support/failover-postgres.js';
import { TestServer, type TestUser } from '../../support/test-server.js';
import { TestSocket } from '../../support/test-socket.js';
import { refusal } from '../http/support.js';

interface Heard {
  readonly rev: number;
  readonly content: string;
}
interface Ready {
  readonly epoch: string;
}

let pair: FailoverPostgres;
let proxy: DatabaseProxy;
let server: TestServer;
let ada: TestUser;
let conversationId: string;
let socket: TestSocket;

beforeAll(async () => {
  pair = await FailoverPostgres.start();
  proxy = await DatabaseProxy.open({ connection: pair.primary });
  server = await TestServer.start({}, async () => proxy.connection);
  ada = await server.signUp('Ada');
  conversationId = await server.createConversation(ada);
  socket = await TestSocket.connect(server.url, ada.token, { reconnection: true, reconnectionDelay: 10 });
  await socket.emit('join_room', { conversationId });
});
afterAll(async () => {
  socket.close();
  await server.stop();
  await proxy.close();
  await pair.stop();
});

const say = (content: string) => socket.emit('send_message', { conversationId, content });
const changes = (query: string) =>
  server.call('GET', `/chat/conversations/${conversationId}/changes?${query}`, { token: ada.token });

it('a failover to a standby that lagged is a new epoch: lost messages are dropped, and those that get their numbers are received', async () => {
  for (const content of ['1', '2', '3']) await say(content);
  await pair.caughtUp();
  await pair.stopStreaming();
  for (const content of ['lost 4', 'lost 5', 'lost 6']) expect((await say(content)).ok).toBe(true);
  await socket.waitFor('new_message', 6);
  const [before] = await socket.waitFor<Ready>('ready', 1);

  const gone = new Promise((resolve) => void socket.client.once('disconnect', resolve));
  proxy.leadTo(pair.standby);
  await pair.stopPrimary();
  await pair.promote();
  await gone;
  const [, after] = await socket.waitFor<Ready>('ready', 2);
  expect(after?.epoch).not.toBe(before?.epoch);

  const { data } = await socket.emit('join_room', { conversationId });
  expect(data).toEqual({ conversationId, lastSeq: 3, rev: 3, epoch: after?.epoch });
  for (const content of ['new 4', 'new 5', 'new 6', 'new 7']) expect((await say(content)).ok).toBe(true);
  const received = (await socket.waitFor<Heard>('new_message', 10)).slice(6);
  expect(received.map(({ rev, content }) => `${rev} ${content}`)).toEqual([
    '4 new 4',
    '5 new 5',
    '6 new 6',
    '7 new 7',
  ]);

  // The head is beyond the old cursor, so only the epoch shows that the cursor is invalid.
  expect(refusal(await changes(`since=6&epoch=${before?.epoch}`))).toBe('400 CURSOR_INVALID');
  const { body } = await changes(`since=3&epoch=${after?.epoch}`);
  expect(body.data.map(({ content }) => content)).toEqual(['new 4', 'new 5', 'new 6', 'new 7']);
});
