import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { RawPolling } from '../e2e/ws/raw-polling.js';
import { UPGRADE_REQUEST } from '../e2e/ws/upgrade-request.js';
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
  expect(await server.stop()).toEqual({ code: 0, signal: null });
  const at = (form: RegExp): number => Number(server.log.find(({ msg }) => form.test(msg))?.['time']);
  return (at(/^Stopped/) - at(/^SIGTERM/)) / 1_000;
}

it.concurrent('is not kept by connections that never send a whole request', async () => {
  const server = await start();
  await connection(server);
  await connection(server, 'GET /health HTTP/1.1\r\nHost: loc');
  await connection(server, 'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\n');
  expect(await secondsToStop(server)).toBeLessThan(3);
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
  await lock.waiting();
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

it.concurrent('ends at once on a second signal, whatever is under way', async () => {
  const server = await start();
  await connection(
    server,
    'POST /auth/login HTTP/1.1\r\nHost: localhost\r\ncontent-type: application/json\r\ncontent-length: 90\r\n\r\n{"em',
  );
  expect((await fetch(`${server.url}/health`)).status).toBe(200);
  server.child.kill('SIGTERM');
  await server.until(() => server.stdout.includes('SIGTERM: finishing') || undefined);
  expect(await server.stop()).toEqual({ code: 1, signal: null });
  expect(server.stdout).not.toContain('Stopped.');
});

/** A peer that never closes its side, and stops reading after the first bytes. */
async function silent(server: RunningServer, text: string, host = '127.0.0.1'): Promise<Socket> {
  const port = Number(new URL(server.url).port);
  const socket = connect({ port, host, allowHalfOpen: true });
  socket.on('error', () => undefined);
  sockets.push(socket);
  await once(socket, 'connect');
  socket.write(text);
  await once(socket, 'data');
  socket.pause();
  return socket;
}

/** More than the buffers of any system between us, and no more than are begun at once. */
const LARGE = '/api/docs/swagger-ui-bundle.js';
const MANY = 30;

const h2c = (path: string): string =>
  `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\n` +
  'Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n';

// Alone, as its time is measured.
it('is not kept by a caller who does not read: what has been computed gets two seconds to leave', async () => {
  const server = await start();
  await silent(server, `GET ${LARGE} HTTP/1.1\r\nHost: localhost\r\n\r\n`.repeat(MANY));
  expect(await secondsToStop(server)).toBeLessThan(3);
});

it('ends within three seconds when nothing is under way, whatever peers do', async () => {
  const server = await start();
  const { token } = await signUp(server.url);
  // Nobody answers its close frame: what comes is not read any more.
  const websocket = await silent(server, UPGRADE_REQUEST);
  websocket.write(clientFrame(`40/chat,${JSON.stringify({ token })}`));
  await silent(server, UPGRADE_REQUEST);
  await silent(server, UPGRADE_REQUEST.replace('/socket.io/', '/nowhere/'));
  await silent(server, UPGRADE_REQUEST, '::1');
  await silent(server, h2c('/health'));
  await silent(server, h2c('/health'), '::1');
  await silent(server, h2c(LARGE).repeat(MANY));
  await connection(server);
  await connection(server, 'GET /health HTTP/1.1\r\nHost: loc');
  await RawPolling.join(server.url, token);
  await RawPolling.open(server.url);
  await silent(server, 'GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: localhost\r\n\r\n');
  expect(await secondsToStop(server)).toBeLessThan(3);
  expect(server.stderr).toBe('');
  expect(server.log.filter(({ level, context }) => level >= 40 && context !== 'Security')).toEqual([]);
});

/** As browsers send it: masked, here with nothing. */
function clientFrame(text: string): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(text.length);
  return Buffer.concat([Buffer.from([0x81, 0xfe]), length, Buffer.alloc(4), Buffer.from(text)]);
}
