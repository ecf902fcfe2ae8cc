import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { callApi } from '../support/api.js';
import { createMany } from '../support/many-conversations.js';
import { TestDatabase } from '../support/test-database.js';
import { type Ack, TestSocket } from '../support/test-socket.js';
import { send, signUp } from './demo.js';
import { cleanUp, ServerProcess } from './server-process.js';
import { urlOf } from './test-postgres.js';

/** Sockets of each of two users, with as many events as may wait on each. */
const SOCKETS = 13;
const EACH = 1_000;
/** Further sends, which are sent while the budget is used up. */
const LATE = 100;
/** Sends on each socket, all of which are accepted. */
const FEW = 20;

let database: TestDatabase;
let elsewhere: Client;
beforeAll(async () => {
  database = await TestDatabase.create();
  elsewhere = new Client(database.connection);
  await elsewhere.connect();
});
afterAll(async () => {
  await elsewhere.end();
  await cleanUp();
  await database.drop();
});

const sendTo = (socket: TestSocket, conversationId: string | undefined): Promise<Ack> =>
  socket.client.emitWithAck('send_message', { conversationId, content: 'x'.repeat(100) });

async function timed(sent: Promise<Ack>): Promise<{ answer: Ack; milliseconds: number }> {
  const begun = performance.now();
  return { answer: await sent, milliseconds: performance.now() - begun };
}

it('26,000 sends that wait for look-ups do not end a process with a heap of 128 MiB: those beyond the budget are refused at once, the rest are stored', async () => {
  const server = await ServerProcess.start({
    DATABASE_URL: urlOf(database.connection),
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
  // All look-ups wait for this lock, while the database is available: readiness is tested elsewhere.
  await elsewhere.query('begin; lock table conversations in access exclusive mode');
  const answers = Promise.all(sockets.flatMap((socket) => conversations.map((id) => sendTo(socket, id))));
  // `ended` reports the end of the process.
  for (const one of [ended, answers]) one.catch(() => undefined);
  await Promise.race([ended, Promise.all(sockets.map((socket) => socket.reached()))]);
  const late = Promise.all(conversations.slice(0, LATE).map((id) => timed(sendTo(first, id))));
  await Promise.race([ended, first.reached()]);
  const refused = await send(server.url, token, conversationId, { content: 'x'.repeat(1_000) });
  expect([refused.status, refused.body.code]).toEqual([503, 'UNAVAILABLE']);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await callApi(server.url, 'GET', '/health/live')).status).toBe(200);
  await elsewhere.query('commit');

  // A few may have been accepted, in the place of others that waited for too long.
  const times = (await late).flatMap(({ answer, milliseconds }) => (answer.ok ? [] : [milliseconds]));
  expect(times.length).toBeGreaterThan(0);
  expect(times.toSorted((one, other) => one - other)[Math.floor(times.length * 0.99)]).toBeLessThan(1_000);
  const all = [...(await answers), ...(await late).map(({ answer }) => answer)];
  const codes = new Set(all.map(({ error }) => error?.code));
  expect([...codes].filter((code) => code !== undefined)).toEqual(['UNAVAILABLE']);
  const accepted = all.filter(({ ok }) => ok).length;
  expect(await stored()).toBe(before + accepted);

  // Of the earlier sends as many are accepted as the 5 s of a look-up allow, on a slow machine none; of these few all
  // are.
  const others = await Promise.all(users.map((user) => TestSocket.connect(server.url, user.token)));
  await elsewhere.query('begin; lock table conversations in access exclusive mode');
  const few = Promise.all(
    others.flatMap((socket) => conversations.slice(0, FEW).map((id) => sendTo(socket, id))),
  );
  await Promise.race([ended, Promise.all(others.map((socket) => socket.reached()))]);
  await elsewhere.query('commit');
  expect((await few).filter(({ ok }) => !ok)).toEqual([]);
  expect(await stored()).toBe(before + accepted + others.length * FEW);
  expect((await send(server.url, token, conversationId, { content: 'again' })).status).toBe(201);
  expect(server.log.some(({ msg }) => msg.startsWith('Too much is waiting'))).toBe(true);
  expect(await server.stop()).toEqual({ code: 0, signal: null });
});
