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

it.concurrent('is not kept by connections that never send a whole request', async () => {
  const server = await start();
  await openConnection(server);
  await openConnection(server, 'GET /health HTTP/1.1\r\nHost: loc');
  await openConnection(server, 'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\n');
  expect(await secondsToStop(server)).toBeLessThan(3);
});

it.concurrent('is not kept by a caller who has hung up', async () => {
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

it.concurrent('ends in time although a body never comes to its end', async () => {
  const server = await start();
  await openConnection(server, UNFINISHED);
  expect(await secondsToStop(server)).toBeLessThan(25);
});

// Alone, as its time is measured.
it('is not kept by a caller who does not read: what has been computed gets two seconds to leave', async () => {
  const server = await start();
  await openSilentPeer(server, `GET ${LARGE} HTTP/1.1\r\nHost: localhost\r\n\r\n`.repeat(MANY));
  expect(await secondsToStop(server)).toBeLessThan(3);
});
