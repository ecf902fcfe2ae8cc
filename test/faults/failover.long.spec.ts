import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { callApi } from '../support/api.js';
import { DatabaseProxy } from '../support/database-proxy.js';
import { FailoverPostgres } from '../support/failover-postgres.js';
import { TestSocket } from '../support/test-socket.js';
import { createConversation, history, send, signUp } from './demo.js';
import { HealthWatch } from './health-watch.js';
import { cleanUp, type RunningServer, ServerProcess } from './server-process.js';
import { Retrying } from './retrying.js';
import { urlOf } from './test-postgres.js';
import { waitUntil } from './wait-until.js';

/** Milliseconds from the promotion until all of its effects are over. */
const BACK_WITHIN = 5_000;

let pair: FailoverPostgres;
let proxy: DatabaseProxy;
beforeAll(async () => {
  pair = await FailoverPostgres.start();
  proxy = await DatabaseProxy.open({ connection: pair.primary });
  // Acknowledged messages are on both servers, so the server under test would have lost any missing one.
  await pair.ask('primary', `alter system set synchronous_standby_names = '*'`);
  await pair.ask('primary', 'select pg_reload_conf()');
});
afterEach(cleanUp);
afterAll(async () => {
  await proxy.close();
  await pair.stop();
});

const well = (answer: { status: number }) => expect(answer.status).toBeLessThan(300);

/** Uses all features as a user; each step must succeed. */
async function everything({ url }: RunningServer, token: string): Promise<void> {
  well(await callApi(url, 'GET', '/health/ready'));
  const account = { email: `${randomUUID()}@test.example`, password: 'correct horse battery' };
  well(await callApi(url, 'POST', '/auth/signup', { body: { ...account, displayName: 'New' } }));
  well(await callApi(url, 'POST', '/auth/login', { body: account }));
  well(await callApi(url, 'POST', '/posts', { token, body: { title: 'Title', content: 'Text' } }));
  well(await callApi(url, 'GET', '/posts'));
  const conversationId = await createConversation(url, token);
  const socket = await TestSocket.connect(url, token);
  expect(await socket.emit('join_room', { conversationId })).toMatchObject({ ok: true });
  well(await send(url, token, conversationId, { content: 'over HTTP' }));
  const sent = await socket.emit('send_message', { conversationId, content: 'over the socket' });
  expect(sent).toMatchObject({ ok: true });
  const received = await socket.waitFor('new_message', 2);
  expect(received.map(({ content }) => content)).toEqual(['over HTTP', 'over the socket']);
  socket.close();
}

it('a failover to a standby behind the same address: 503 while it only reads, and everything soon after its promotion', async () => {
  const server = await ServerProcess.start({ DATABASE_URL: urlOf(proxy.connection) });
  const { token, conversationId } = await signUp(server.url);
  const health = new HealthWatch(server.url);
  const senders = await Retrying.start(server.url, token, conversationId);
  await senders.goOn(30);

  proxy.leadTo(pair.standby);
  await waitUntil('refusals of both kinds, and no readiness', () => {
    const kinds = new Set(senders.refusals.map(({ via }) => via));
    const named = health.ready.some(({ body }) => body?.details?.[0]?.message === 'The database only reads.');
    return kinds.size === 2 && named;
  });
  await pair.stopPrimary();
  await pair.promote();
  const promoted = performance.now();
  await waitUntil(
    'readiness',
    async () => (await callApi(server.url, 'GET', '/health/ready')).status === 200,
  );
  await everything(server, token);
  await senders.goOn(10);
  const took = performance.now() - promoted;
  await senders.stop();
  await health.stop();

  expect(took).toBeLessThan(BACK_WITHIN);
  const refusals = senders.refusals.filter(({ code }) => code !== 'NO_ANSWER');
  for (const refusal of refusals) expect(refusal).toMatchObject({ status: 503, code: 'UNAVAILABLE' });
  for (const { status } of health.ready) expect([200, 503]).toContain(status);
  const stored = await history(server.url, token, conversationId);
  const ids = stored.map(({ clientMessageId }) => clientMessageId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(ids)).toEqual(new Set(senders.acknowledged));
  expect(senders.missedIds(stored)).toEqual([]);
  expect(server.child.exitCode).toBeNull();
  expect(server.log.filter(({ level }) => level >= 50)).toEqual([]);
  expect(await server.stop()).toEqual({ code: 0, signal: null });
});
