import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { DatabaseProxy } from '../../support/database-proxy.js';
import { TestServer, type TestUser } from '../../support/test-server.js';
import { type Ack, TestSocket } from '../../support/test-socket.js';

let server: TestServer;
let proxy: DatabaseProxy;
let ada: TestUser;
let bob: TestUser;
let socket: TestSocket;
let conversationId: string;

beforeAll(async () => {
  server = await TestServer.start({}, async (database) => {
    proxy = await DatabaseProxy.open(database);
    return proxy.connection;
  });
  [ada, bob] = [await server.signUp('Ada'), await server.signUp('Bob')];
  conversationId = await server.createConversation(ada);
  socket = await TestSocket.connect(server.url, ada.token);
});
afterAll(async () => {
  socket.close();
  await server.stop();
  await proxy.close();
});

interface Told {
  readonly status: number;
  readonly code?: string | undefined;
  /** A value greater than 0, in seconds or milliseconds. */
  readonly waits?: number | undefined;
}
type Operation = () => Promise<Told>;

const http =
  (method: string, path: string | (() => string), body?: () => unknown): Operation =>
  async () => {
    const answer = await server.call(method, typeof path === 'string' ? path : path(), {
      token: ada.token,
      ...(body && { body: body() }),
    });
    const waits = Number(answer.headers.get('retry-after'));
    return { status: answer.status, code: answer.body?.code, waits };
  };
const event =
  (name: string, payload?: () => object): Operation =>
  async () => {
    const { ok, error }: Ack = await socket.emit(name, ...(payload ? [payload()] : []));
    return ok
      ? { status: 200 }
      : { status: error?.statusCode ?? 0, code: error?.code, waits: error?.retryAfterMs };
  };
const here = () => ({ conversationId });
const inConversation =
  (rest = '') =>
  () =>
    `/chat/conversations/${conversationId}${rest}`;
const newAccount = () => ({
  email: `${randomUUID()}@test.example`,
  password: 'correct horse battery',
  displayName: 'Somebody',
});
const message = () => ({ content: 'hello', clientMessageId: randomUUID() });

/** Requests that use the database. */
const OPERATIONS: Readonly<Record<string, Operation>> = {
  'POST /auth/signup': http('POST', '/auth/signup', newAccount),
  'POST /auth/login': http('POST', '/auth/login', () => ({
    email: bob.email,
    password: 'correct horse battery',
  })),
  'GET /auth/sessions': http('GET', '/auth/sessions'),
  'GET /users/me': http('GET', '/users/me'),
  'PUT /users/me': http('PUT', '/users/me', () => ({ bio: 'mine' })),
  'GET /users?search': http('GET', '/users?search=bo'),
  'GET /users/:id': http('GET', () => `/users/${bob.id}`),
  'GET /posts': http('GET', '/posts'),
  'POST /posts': http('POST', '/posts', () => ({ title: 'Title', content: 'Text' })),
  'POST /chat/conversations': http('POST', '/chat/conversations', () => ({ memberIds: [bob.id] })),
  'GET /chat/conversations': http('GET', '/chat/conversations'),
  'GET /chat/conversations/:id': http('GET', inConversation()),
  'GET …/messages': http('GET', inConversation('/messages')),
  'GET …/messages?around': http('GET', inConversation('/messages?around=1')),
  'GET …/changes': http('GET', inConversation('/changes?since=0')),
  'POST …/messages': http('POST', inConversation('/messages'), message),
  send_message: event('send_message', () => ({ ...here(), ...message() })),
  join_room: event('join_room', here),
  join_all: event('join_all'),
  mark_read: event('mark_read', () => ({ ...here(), seq: 1 })),
};
const all = async () => {
  const told = await Promise.all(Object.values(OPERATIONS).map((operation) => operation()));
  return Object.fromEntries(Object.keys(OPERATIONS).map((name, index) => [name, told[index]]));
};
const areWell = (told: Record<string, Told | undefined>) =>
  Object.values(told).every((one) => one !== undefined && one.status < 300);
const ready = () => server.call('GET', '/health/ready');

/** One state of each kind; the others are in passing-states.db.spec.ts. */
it.each([
  { state: '25006', severity: 'ERROR' },
  { state: '26000', severity: 'ERROR' },
  { state: '40P01', severity: 'ERROR' },
  { state: '53100', severity: 'ERROR' },
  { state: '57P01', severity: 'FATAL' },
  { state: '57P03', severity: 'FATAL' },
] as const)(
  'while the database reports $severity $state every request that needs it gets 503 UNAVAILABLE, and succeeds at once afterwards',
  async (reported) => {
    proxy.answerWith(reported);
    for (const [name, one] of Object.entries(await all())) {
      expect({ name, ...one }).toEqual({ name, status: 503, code: 'UNAVAILABLE', waits: expect.any(Number) });
      expect(one?.waits).toBeGreaterThan(0);
    }
    proxy.answerWith(null);
    await vi.waitUntil(async () => areWell(await all()), { interval: 20, timeout: 5_000 });
  },
);

it('the node is unready meanwhile', async () => {
  const become = (status: number) =>
    vi.waitFor(async () => expect((await ready()).status).toBe(status), { interval: 20, timeout: 5_000 });
  proxy.answerWith({ state: '25006', severity: 'ERROR' });
  await become(503);
  proxy.answerWith(null);
  await become(200);
  expect((await ready()).status).toBe(200);
});
