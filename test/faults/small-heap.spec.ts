import { afterAll, beforeAll, expect, it } from 'vitest';
import { callApi } from '../support/api.js';
import { DatabaseProxy } from '../support/database-proxy.js';
import { createMany } from '../support/many-conversations.js';
import { TestDatabase } from '../support/test-database.js';
import { type Ack, TestSocket } from '../support/test-socket.js';
import { send, signUp } from './demo.js';
import { cleanUp, ServerProcess } from './server-process.js';
import { urlOf } from './test-postgres.js';

/** Of each of two users, and events as may wait on each. */
const SOCKETS = 13;
const EACH = 1_000;
/** One after another, when all there is room for waits. */
const LATE = 100;

let database: TestDatabase;
let proxy: DatabaseProxy;
beforeAll(async () => {
  database = await TestDatabase.create();
  proxy = await DatabaseProxy.open(database);
});
afterAll(async () => {
  await cleanUp();
  await proxy.close();
  await database.drop();
});

const sendTo = (socket: TestSocket, conversationId: string | undefined): Promise<Ack> =>
  socket.client.emitWithAck('send_message', { conversationId, content: 'x'.repeat(100) });

it('26,000 sends that wait for a database that is gone do not end a process with a heap of 128 MiB: what is too much is refused at once, the rest is stored when it is back', async () => {
  const server = await ServerProcess.start({
    DATABASE_URL: urlOf(proxy.connection),
    NODE_OPTIONS: '--max-old-space-size=128',
  });
  const users = await Promise.all([signUp(server.url), signUp(server.url)]);
  const [owner = '', member = ''] = await Promise.all(
    users.map(async ({ token }) => (await callApi(server.url, 'GET', '/users/me', { token })).body.id),
  );
  const conversations = await createMany(database, {
    owner,
    members: [member],
    count: EACH,
    from: 0,
    step: 1,
  });
  const sockets = await Promise.all(
    users.flatMap(({ token }) =>
      Array.from({ length: SOCKETS }, () => TestSocket.connect(server.url, token)),
    ),
  );
  const [{ token, conversationId }, first] = [users[0], sockets[0]];
  if (!token || !conversationId || !first) throw new Error('nobody is there');
  const stored = async () => (await database.query('select from messages')).length;
  const before = await stored();

  const ended = server.until<never>(() => undefined);
  proxy.stall();
  const answers = Promise.all(sockets.flatMap((socket) => conversations.map((id) => sendTo(socket, id))));
  // Told by `ended`.
  for (const one of [ended, answers]) one.catch(() => undefined);
  await Promise.race([ended, Promise.all(sockets.map((socket) => socket.reached()))]);
  const times: number[] = [];
  for (const id of conversations.slice(0, LATE)) {
    const start = performance.now();
    expect((await sendTo(first, id)).error).toMatchObject({ code: 'UNAVAILABLE', statusCode: 503 });
    times.push(performance.now() - start);
  }
  expect(times.toSorted((one, other) => one - other)[Math.floor(LATE * 0.99)]).toBeLessThan(1_000);
  const refused = await send(server.url, token, conversationId, { content: 'too much' });
  expect([refused.status, refused.body.code]).toEqual([503, 'UNAVAILABLE']);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await callApi(server.url, 'GET', '/health/live')).status).toBe(200);
  proxy.flow();

  const codes = new Set((await answers).map(({ error }) => error?.code));
  expect(codes).toEqual(new Set([undefined, 'UNAVAILABLE']));
  const accepted = (await answers).filter(({ ok }) => ok);
  expect(accepted.length).toBeGreaterThan(1_000);
  expect(await stored()).toBe(before + accepted.length);
  expect((await send(server.url, token, conversationId, { content: 'again' })).status).toBe(201);
  expect(server.log.some(({ msg }) => msg.startsWith('Too much is waiting'))).toBe(true);
  expect(await server.stop()).toEqual({ code: 0, signal: null });
});
