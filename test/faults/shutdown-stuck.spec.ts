import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestDatabase } from '../support/test-database.js';
import { signUp } from './demo.js';
import { lockConversations } from './row-lock.js';
import { cleanUp, type RunningServer, ServerProcess } from './server-process.js';
import { urlOf } from './test-postgres.js';

let database: TestDatabase;
const sockets: Socket[] = [];

beforeAll(async () => (database = await TestDatabase.create()));
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await cleanUp();
  await database.drop();
});
const start = (): Promise<RunningServer> => ServerProcess.start({ DATABASE_URL: urlOf(database.connection) });

/** A connection that has sent only this. */
async function connection(server: RunningServer, text = ''): Promise<Socket> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  sockets.push(socket);
  await once(socket, 'connect');
  if (text !== '') await new Promise((resolve) => void socket.write(text, resolve));
  return socket;
}

async function secondsToStop(server: RunningServer): Promise<number> {
  // a later connection has been answered, so the earlier ones have been seen
  expect((await fetch(`${server.url}/health`)).status).toBe(200);
  const begun = Date.now();
  expect(await server.stop()).toEqual({ code: 0, signal: null });
  return (Date.now() - begun) / 1_000;
}

it.concurrent('is not kept by connections that never send a whole request', async () => {
  const server = await start();
  await connection(server);
  await connection(server, 'GET /health HTTP/1.1\r\nHost: loc');
  await connection(server, 'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\n');
  expect(await secondsToStop(server)).toBeLessThan(5);
});

it.concurrent('is not kept by a caller who has hung up', async () => {
  const server = await start();
  const { token, conversationId } = await signUp(server.url);
  const lock = await lockConversations(database.connection, [conversationId]);
  const body = '{"content":"Are you there?"}';
  const caller = await connection(
    server,
    `POST /chat/conversations/${conversationId}/messages HTTP/1.1\r\nHost: localhost\r\n` +
      `authorization: Bearer ${token}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
  await lock.waiting(1);
  caller.destroy();
  await lock.release();
  expect(await secondsToStop(server)).toBeLessThan(5);
});

it.concurrent('ends in time although a body never comes to its end', async () => {
  const server = await start();
  await connection(
    server,
    'POST /auth/login HTTP/1.1\r\nHost: localhost\r\ncontent-type: application/json\r\ncontent-length: 90\r\n\r\n{"em',
  );
  expect(await secondsToStop(server)).toBeLessThan(25);
});
