import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { callApi } from '../support/api.js';
import { TestDatabase } from '../support/test-database.js';
import { TestSocket } from '../support/test-socket.js';
import { send, signUp } from './demo.js';
import { lockConversations } from './row-lock.js';
import { cleanUp, type RunningServer, ServerProcess } from './server-process.js';
import { urlOf } from './test-postgres.js';

let database: TestDatabase;
let server: RunningServer;
let token: string;
let conversationId: string;

beforeAll(async () => {
  database = await TestDatabase.create();
  // An error of the database about a violated constraint quotes the row.
  await database.query(`alter table messages add constraint no_bang check (content not like '%!!%')`);
  server = await ServerProcess.start({ DATABASE_URL: urlOf(database.connection), LOG_LEVEL: 'trace' });
  ({ token, conversationId } = await signUp(server.url));
});
afterEach(refuseLeaks);
afterAll(async () => {
  await server.stop();
  await cleanUp();
  await database.drop();
  refuseLeaks();
});

/** Expects that the log has no text with `canary` that a test has sent, and no part of a valid token. */
function refuseLeaks(): void {
  const secrets = ['canary', ...token.split('.')];
  const lines = [...server.stdout.split('\n'), ...server.stderr.split('\n')];
  const leaks = lines.filter((line) => secrets.some((secret) => line.includes(secret)));
  if (leaks.length > 0) throw new Error(`the log tells: ${leaks.join('\n')}`);
}

const post = (path: string, body: object) => callApi(server.url, 'POST', path, { body });

it('the log contains no passwords', async () => {
  const account = { email: 'somebody@test.example', password: 'canary-canary', displayName: 'Somebody' };
  expect((await post('/auth/signup', account)).status).toBe(201);
  expect((await post('/auth/signup', account)).status).toBe(409);
  expect((await post('/auth/signup', { ...account, password: 'canary' })).status).toBe(400);
  expect((await post('/auth/login', account)).status).toBe(400);
  const { email, password } = account;
  expect((await post('/auth/login', { email, password })).status).toBe(200);
  expect((await post('/auth/login', { email, password: 'another-canary' })).status).toBe(401);
});

it('the log contains no tokens', async () => {
  for (const authorization of ['Bearer canary', 'Basic canary', `Bearer ${token}canary`]) {
    const answer = await fetch(`${server.url}/chat/conversations?token=canary`, {
      headers: { authorization, cookie: 'session=canary' },
    });
    expect(answer.status).toBe(401);
  }
  await expect(TestSocket.connect(server.url, 'canary')).rejects.toThrow('Unauthorized');
  await expect(
    TestSocket.connect(server.url, '', { auth: {}, extraHeaders: { authorization: 'Bearer canary' } }),
  ).rejects.toThrow('Unauthorized');
  await expect(
    TestSocket.connect(server.url, 'canary', { query: { token: 'canary' }, transports: ['polling'] }),
  ).rejects.toThrow('Unauthorized');
});

it('the log contains no contents sent over HTTP', async () => {
  const path = `/chat/conversations/${conversationId}/messages`;
  const status = async (body: object): Promise<number> =>
    (await send(server.url, token, conversationId, body)).status;
  const raw = async (type: string, body: string): Promise<number> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': type };
    return (await fetch(server.url + path, { method: 'POST', headers, body })).status;
  };

  expect(await status({ content: 'canary', clientMessageId: 'once' })).toBe(201);
  expect(await status({ content: 'another canary', clientMessageId: 'once' })).toBe(409);
  expect(await status({ content: 'canary'.repeat(1_000) })).toBe(400);
  expect(await status({ content: 'canary', canary: 'canary' })).toBe(400);
  expect(await status({ content: 'canary', clientMessageId: 'can*canary' })).toBe(400);
  expect(await raw('application/json', '{"content":"canary')).toBe(400);
  expect(await raw('text/plain', 'canary')).toBe(415);
  expect(await raw('application/json', JSON.stringify({ content: 'canary'.repeat(30_000) }))).toBe(413);
});

it('the log contains no contents sent over sockets', async () => {
  const socket = await TestSocket.connect(server.url, token);
  const outcome = async (event: string, payload: unknown): Promise<string> => {
    const { ok, error } = await socket.emit(event, payload);
    return ok ? 'ok' : (error?.code ?? '');
  };
  const message = { conversationId, content: 'canary', clientMessageId: 'twice' };

  expect(await outcome('send_message', message)).toBe('ok');
  expect(await outcome('send_message', { ...message, content: 'canaries' })).toBe('CLIENT_MESSAGE_ID_REUSED');
  expect(await outcome('send_message', { ...message, canary: 1 })).toBe('VALIDATION_FAILED');
  expect(await outcome('send_message', 'canary')).toBe('VALIDATION_FAILED');
  expect(await outcome('canary', message)).toBe('UNKNOWN_EVENT');
  const closed = new Promise((resolve) => void socket.client.once('disconnect', resolve));
  socket.client.emit('send_message', { ...message, content: 'canary'.repeat(20_000) });
  expect(await closed).toMatch(/transport/);
});

it('the log contains no contents when the database fails, and yet reports the failure', async () => {
  const content = 'canary!!';
  const socket = await TestSocket.connect(server.url, token);
  expect((await send(server.url, token, conversationId, { content })).body.code).toBe('INTERNAL');
  expect(await socket.emit('send_message', { conversationId, content })).toMatchObject({
    error: { code: 'INTERNAL', message: expect.not.stringContaining('no_bang') },
  });
  const failures = await server.until(() => {
    const lines = server.log.filter(({ level }) => level === 50);
    return lines.length < 2 ? undefined : lines;
  });
  expect(failures).toHaveLength(2);
  for (const { err } of failures) {
    expect(err).toMatchObject({ message: expect.stringContaining('no_bang'), stack: expect.any(String) });
  }
});

it('the log contains no contents when the database becomes unavailable', async () => {
  const lock = await lockConversations(database.connection, [conversationId]);
  const sent = send(server.url, token, conversationId, { content: 'canary' });
  await lock.waiting();
  await database.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where wait_event_type = 'Lock' and datname = current_database()`,
  );
  expect((await sent).body.code).toBe('UNAVAILABLE');
  await lock.release();
  await server.until(() => server.log.find(({ msg }) => msg.startsWith('Unavailable: ')));
});
