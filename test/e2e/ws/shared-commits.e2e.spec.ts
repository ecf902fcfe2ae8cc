import type { Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { countStatements, countWriters } from '../../support/count-statements.js';
import { TestServer, type TestUser } from '../../support/test-server.js';
import { TestSocket } from '../../support/test-socket.js';
import { RowLock } from './row-lock.js';

/** Number of sends in flight together. */
const MANY = 200;

let server: TestServer;
let members: TestUser[];
let sockets: TestSocket[];
let conversationId: string;

beforeAll(async () => {
  server = await TestServer.start();
  members = await Promise.all(Array.from({ length: 20 }, () => server.signUp()));
  sockets = await Promise.all(members.map(({ token }) => TestSocket.connect(server.url, token)));
});
beforeEach(async () => {
  const [owner, ...others] = members as [TestUser, ...TestUser[]];
  conversationId = await server.createConversation(owner, others);
});
afterAll(async () => {
  for (const socket of sockets) socket.close();
  await server.stop();
});

const numbers = Array.from({ length: MANY }, (_, index) => index);
/** The poll for ended sessions, which runs every few seconds, is not counted. */
const forChat = (statements: readonly string[]) =>
  statements.filter((text) => !/"(sessions|refresh_tokens)"/.test(text));

async function overSocket(which: number): Promise<{ ok: boolean }> {
  return sockets[which]?.client.emitWithAck('send_message', { conversationId, content: 'Hello!' });
}

const overHttp = async (index: number) => {
  const { status } = await server.call('POST', `/chat/conversations/${conversationId}/messages`, {
    token: members[index % members.length]?.token ?? '',
    body: { content: String(index) },
  });
  return { ok: status === 201 };
};

/** Resolves when the server has received so many more requests. */
function requests(count: number): Promise<void> {
  const http: Server = server.app.getHttpServer();
  return new Promise((resolve) => {
    let received = 0;
    const listener = (): void => {
      received += 1;
      if (received < count) return;
      http.off('request', listener);
      resolve();
    };
    http.on('request', listener);
  });
}

async function allOverHttp(): Promise<{ ok: boolean }[]> {
  // Opening the connections takes longer than a commit: the lock makes the sends wait for each other.
  const lock = await RowLock.take(server, conversationId);
  const all = requests(MANY);
  const sends = numbers.map(overHttp);
  await all;
  await lock.release();
  return Promise.all(sends);
}

test.each([
  ['of one socket', () => Promise.all(numbers.map(() => overSocket(0)))],
  ['of twenty sockets', () => Promise.all(numbers.map((index) => overSocket(index % 20)))],
  ['over HTTP', allOverHttp],
])('200 concurrent sends %s share commits and round trips', async (_, sendAll) => {
  const before = await countWriters(server.database, 'messages');
  const { result, statements } = await countStatements(server.database, sendAll);
  const commits = (await countWriters(server.database, 'messages')) - before;
  expect(result.filter(({ ok }) => ok)).toHaveLength(MANY);
  expect(commits).toBeLessThanOrEqual(MANY / 10);
  // The transactions beyond the commits are those that have waited for the lock and failed.
  const stores = statements.filter((text) => text.includes('store_messages')).length;
  expect(stores).toBeGreaterThanOrEqual(commits);
  expect(stores).toBeLessThanOrEqual(MANY / 10);
  expect(forChat(statements).length).toBeLessThanOrEqual(MANY / 8);
});

test('a send to a conversation that is known costs one statement, which is its commit', async () => {
  await overSocket(0);
  const { statements } = await countStatements(server.database, () => overSocket(0));
  expect(forChat(statements)).toEqual([expect.stringContaining('store_messages')]);
});
