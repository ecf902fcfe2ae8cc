import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestDatabase } from '../support/test-database.js';
import { signUp } from './demo.js';
import { lockConversations } from './row-lock.js';
import { cleanUp, type RunningServer, ServerProcess } from './server-process.js';
import {
  closePeers,
  LARGE,
  MANY,
  openConnection,
  openSilentPeer,
  secondsToStop,
  UNFINISHED,
} from './stuck-peers.js';
import { urlOf } from './test-postgres.js';

let database: TestDatabase;
beforeAll(async () => (database = await TestDatabase.create()));
afterAll(async () => {
  closePeers();
  await cleanUp();
  await database.drop();
});
const start = (): Promise<RunningServer> => ServerProcess.start({ DATABASE_URL: urlOf(database.connection) });

it.concurrent('is not delayed by connections that never send a complete request', async () => {
  const server = await start();
  await openConnection(server);
  await openConnection(server, 'GET /health HTTP/1.1\r\nHost: loc');
  await openConnection(server, 'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\n');
  expect(await secondsToStop(server)).toBeLessThan(3);
});

it.concurrent('is not delayed by a caller who has disconnected', async () => {
  const server = await start();
  const { token, conversationId } = await signUp(server.url);
  const lock = await lockConversations(database.connection, [conversationId]);
  const body = '{"content":"Are you there?"}';
  const caller = await openConnection(
    server,
    `POST /chat/conversations/${conversationId}/messages HTTP/1.1\r\nHost: localhost\r\n` +
      `authorization: Bearer ${token}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
  await lock.waiting();
  caller.destroy();
  await lock.release();
  expect(await secondsToStop(server)).toBeLessThan(5);
});

it.concurrent('ends in time although a body never ends', async () => {
  const server = await start();
  await openConnection(server, UNFINISHED);
  expect(await secondsToStop(server)).toBeLessThan(25);
});

// This test runs alone, because it measures time.
it('is not delayed by a caller who does not read: a computed answer has two seconds to be read', async () => {
  const server = await start();
  await openSilentPeer(server, `GET ${LARGE} HTTP/1.1\r\nHost: localhost\r\n\r\n`.repeat(MANY));
  expect(await secondsToStop(server)).toBeLessThan(3);
});
