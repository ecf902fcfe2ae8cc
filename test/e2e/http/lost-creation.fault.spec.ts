import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { DatabaseProxy } from '../../support/database-proxy.js';
import { TestServer, type TestUser } from '../../support/test-server.js';
import { TestSocket } from '../../support/test-socket.js';
import { request, refusal } from './support.js';

let server: TestServer;
let proxy: DatabaseProxy;
let ada: TestUser;
let bob: TestUser;

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
beforeEach(async () => {
  [ada, bob] = [await server.signUp('Ada'), await server.signUp('Bob')];
});

const create = (path: string, body: object, key?: string) =>
  request(server.url, path, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${ada.token}`,
      'content-type': 'application/json',
      ...(key !== undefined && { 'idempotency-key': key }),
    },
    body: JSON.stringify(body),
  });
/** As a client does that obeys a 503. */
const untilAnswered = (ask: () => ReturnType<typeof create>) =>
  vi.waitUntil(
    async () => {
      const answer = await ask();
      return answer.status !== 503 && answer;
    },
    { interval: 5, timeout: 10_000 },
  );
const conversation = (key?: string) => create('/chat/conversations', { memberIds: [bob.id] }, key);
const newPost = (key: string) => create('/posts', { title: 'Title', content: 'Text' }, key);
const stored = () =>
  server.database.query<{ id: string }>('select id from conversations where created_by = $1', [ada.id]);
const listen = () => Promise.all([ada, bob].map(({ token }) => TestSocket.connect(server.url, token)));

const repeatWithKey = async (id: string | undefined) => {
  expect(await untilAnswered(() => conversation('one'))).toMatchObject({ status: 201, body: { id } });
};

it.each([
  ['repeated with its key', 'one', repeatWithKey],
  ['without a key, and not repeated', undefined, async () => undefined],
])(
  'a conversation whose commit was not answered, %s: 503 says that its outcome is unknown, there is one, its members hear of it once',
  async (_label, key, repeat) => {
    const sockets = await listen();
    const cut = proxy.cutAt('commit', 'after');
    const lost = await conversation(key);
    await cut;
    expect(refusal(lost)).toBe('503 UNAVAILABLE');
    expect(lost.body).toMatchObject({ outcome: 'unknown' });
    proxy.reopen();
    const [row] = await stored();
    await repeat(row?.id);
    for (const socket of sockets) {
      await socket.waitFor('conversation_added', 1);
      await socket.settle();
      expect(socket.all('conversation_added').map(({ id }) => id)).toEqual([row?.id]);
      socket.close();
    }
    expect(await stored()).toHaveLength(1);
  },
);

it('a conversation whose COMMIT never reached the database is told to nobody; the repeat creates it', async () => {
  const sockets = await listen();
  const cut = proxy.cutAt('commit', 'before');
  expect(refusal(await conversation('one'))).toBe('503 UNAVAILABLE');
  await cut;
  proxy.reopen();
  const { status, body } = await untilAnswered(() => conversation('one'));
  expect(status).toBe(201);
  expect((await stored()).map(({ id }) => id)).toEqual([body.id]);
  for (const socket of sockets) {
    await socket.waitFor('conversation_added', 1);
    await socket.settle();
    expect(socket.all('conversation_added').map(({ id }) => id)).toEqual([body.id]);
    socket.close();
  }
});

it('a post whose commit was not answered is stored once, and the repeat gets its answer', async () => {
  const cut = proxy.cutAt('commit', 'after');
  expect((await newPost('one')).body).toMatchObject({ code: 'UNAVAILABLE', outcome: 'unknown' });
  await cut;
  proxy.reopen();
  const { status, body } = await untilAnswered(() => newPost('one'));
  const rows = await server.database.query('select id from posts where owner_id = $1', [ada.id]);
  expect([status, rows]).toEqual([201, [{ id: body.id }]]);
});
