import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { seedDemoData } from '../../../src/arch/common/infrastructure/database/seed.dev.js';
import type { AnswerBody } from '../../support/answer-body.js';
import { BlackHole } from '../../support/black-hole.js';
import { TestServer } from '../../support/test-server.js';
import { TestSocket } from '../../support/test-socket.js';
import { disconnection } from '../auth/support.js';
import { chatNamespace } from '../ws/server-side.js';
import { endExamples, example, next } from './example.js';

/** Lifetime of an access token in seconds; its expiry is announced a quarter of it before. */
const LIFETIME = 3;

let server: TestServer;
let words = 0;

beforeAll(async () => {
  server = await TestServer.start({}, undefined, {}, { JWT_ACCESS_EXPIRATION: LIFETIME });
  await seedDemoData(server.database.connection);
});
afterEach(endExamples);
afterAll(() => server.stop());

async function logIn(user: number): Promise<AnswerBody> {
  const body = { email: `user${user}@example.com`, password: 'Password123!' };
  return (await server.call('POST', '/auth/login', { body })).body;
}

/** Resolves when a token that is issued now has expired: its connection is closed then. */
async function tokenIsOver(): Promise<void> {
  const { accessToken } = await logIn(3);
  await disconnection(await TestSocket.connect(server.url, accessToken));
}

/** User Two sends a message; returns the line that the listener prints for it. */
async function say(): Promise<string> {
  const { accessToken: token } = await logIn(2);
  const list = await server.call('GET', '/chat/conversations', { token });
  const content = `word ${(words += 1)}`;
  const path = `/chat/conversations/${list.body.data[0]?.id}/messages`;
  const { body } = await server.call('POST', path, { token, body: { content } });
  return `#${body.seq} User Two: ${content}`;
}

/** `examples/listen.mjs`, once it listens. */
async function listen(url = server.url) {
  const listener = example('listen', url);
  await next(listener.output);
  return listener;
}

it('the documented client keeps its connection while its tokens end', async () => {
  const { output } = await listen();
  const connected = [...chatNamespace(server).sockets.keys()];
  for (const _ of ['one', 'two']) {
    await tokenIsOver();
    const line = await say();
    expect(await next(output)).toBe(line);
  }
  expect([...chatNamespace(server).sockets.keys()]).toEqual(connected);
});

it('after a sleep or an interruption longer than the lifetime of a token it receives the missed messages, each once', async () => {
  const way = await BlackHole.open(server.url);
  const [sleeper, cutOff] = await Promise.all([listen(), listen(way.url)]);
  sleeper.child.kill('SIGSTOP');
  way.loseNetwork();
  await tokenIsOver();
  const missed = [await say(), await say()];
  sleeper.child.kill('SIGCONT');
  way.comeBack();
  for (const { output } of [sleeper, cutOff]) {
    expect([await next(output), await next(output)]).toEqual(missed);
  }
  const line = await say();
  expect(await next(sleeper.output)).toBe(line);
  expect(await next(cutOff.output)).toBe(line);
  await way.close();
});

it('ends with a line and status 1 when its session is over', async () => {
  const listener = await listen();
  const { accessToken: token } = await logIn(1);
  const { body } = await server.call('GET', '/auth/sessions', { token });
  for (const { id, current } of body.data)
    if (!current) await server.call('DELETE', `/auth/sessions/${id}`, { token });
  expect(await next(listener.errors)).toBe('SESSION_REVOKED: log in again');
  expect(await listener.ended).toEqual([1, null]);
});
