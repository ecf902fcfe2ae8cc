import { afterAll, beforeAll, expect, it } from 'vitest';
import { DatabaseProxy } from '../../support/database-proxy.js';
import { TestServer } from '../../support/test-server.js';
import { TestSocket } from '../../support/test-socket.js';
import { sendMessages } from '../http/support.js';

let server: TestServer;
let proxy: DatabaseProxy;

beforeAll(async () => {
  server = await TestServer.start({}, async (database) => {
    proxy = await DatabaseProxy.open(database);
    return proxy.connection;
  });
});
afterAll(async () => {
  await server.stop();
  await proxy.close();
});

it('a read position whose answer was lost: UNAVAILABLE of unknown outcome, then the room hears of it, also when nobody repeats', async () => {
  const [owner, reader] = [await server.signUp('Ada'), await server.signUp('Bob')];
  const conversationId = await server.createConversation(owner, [reader]);
  await sendMessages(server, owner, conversationId, 3);
  const [listener, asking] = await Promise.all([
    TestSocket.connect(server.url, owner.token),
    TestSocket.connect(server.url, reader.token),
  ]);
  await listener.emit('join_room', { conversationId });

  const cut = proxy.cutAt('mark_read', 'after');
  const { error } = await asking.emit('mark_read', { conversationId, seq: 2 });
  await cut;
  expect(error).toMatchObject({ code: 'UNAVAILABLE', outcome: 'unknown' });
  proxy.reopen();
  await listener.waitFor('message_read', 1);
  await listener.settle();
  expect(listener.all('message_read')).toEqual([{ conversationId, userId: reader.id, lastReadSeq: 2 }]);
  for (const socket of [listener, asking]) socket.close();
});
