import { expect } from 'vitest';
import type { TestServer } from '../support/test-server.js';
import { TestSocket } from '../support/test-socket.js';

const PASSWORD = 'correct horse battery';
/** Concurrent messages to one conversation, on one node, and on two nodes whose writes compete. */
const SENDS = [20, 200] as const;
/** Characters that encodings other than UTF-8 do not have. */
const CONTENT = 'Günaydın, Привет, 你好 🦊';

/**
 * The main use of the product, on one or two nodes of a database: accounts, identity, search, conversations, live
 * messages, posts.
 */
export async function mainFlow(nodes: readonly [TestServer, ...TestServer[]]): Promise<void> {
  const [node, other = node] = nodes;
  const ada = await account(node);
  const bob = await node.signUp('Bob');
  await findsNames(node, bob.token);
  const created = await node.call('POST', '/chat/conversations', {
    token: ada.token,
    body: { title: 'I ı İ i', memberIds: [bob.id] },
  });
  expect(created.status).toBe(201);
  const socket = await TestSocket.connect(node.url, bob.token);
  await socket.emit('join_room', { conversationId: created.body.id });
  const path = `/chat/conversations/${created.body.id}/messages`;
  const send = (at: TestServer, token: string, number: number) =>
    at.call('POST', path, {
      token,
      body: { content: `${CONTENT} ${number}`, clientMessageId: `m${number}` },
    });
  const sent = await Promise.all(
    Array.from({ length: SENDS[other === node ? 0 : 1] }, (_, number) =>
      number % 2 ? send(node, ada.token, number) : send(other, bob.token, number),
    ),
  );
  expect(sent.map(({ status }) => status)).toEqual(sent.map(() => 201));
  const ofNode = sent.filter((_, number) => number % 2);
  expect(await socket.waitFor('new_message', other === node ? sent.length : ofNode.length)).toEqual(
    expect.arrayContaining(ofNode.map(({ body }) => body as unknown)),
  );
  const { body: page } = await other.call('GET', `${path}?limit=100`, { token: ada.token });
  const newest = sent.map(({ body }) => body).toSorted((one, next) => next.seq - one.seq);
  expect(newest.map(({ seq }) => seq)).toEqual(sent.map((_, index) => sent.length - index));
  expect(page.data).toEqual(newest.slice(0, 100));
  // Without a `clientMessageId` the array contains a NULL.
  const plain = { token: ada.token, body: { content: CONTENT } };
  const plains = [await node.call('POST', path, plain), await node.call('POST', path, plain)];
  expect(plains.map(({ status, body }) => [status, body.clientMessageId])).toEqual(
    plains.map(() => [201, null]),
  );
  socket.close();
  await writesPosts(node, ada.token);
}

/** All spellings of one address belong to one account. */
async function account(node: TestServer): Promise<{ token: string }> {
  const signUp = (email: string) =>
    node.call('POST', '/auth/signup', { body: { email, password: PASSWORD, displayName: 'Işıl Straße' } });
  expect((await signUp('INFO@Example.com')).status).toBe(201);
  expect((await signUp('info@example.COM')).body.code).toBe('EMAIL_ALREADY_USED');
  const login = await node.call('POST', '/auth/login', {
    body: { email: 'Info@example.com', password: PASSWORD },
  });
  expect(login.status).toBe(200);
  const refreshed = await node.call('POST', '/auth/refresh', {
    body: { refreshToken: login.body.refreshToken },
  });
  expect(refreshed.status).toBe(200);
  return { token: refreshed.body.accessToken };
}

async function findsNames(node: TestServer, token: string): Promise<void> {
  const found = async (search: string) => {
    const { body } = await node.call('GET', `/users?${new URLSearchParams({ search }).toString()}`, {
      token,
    });
    return body.data.map(({ displayName }: { displayName: string }) => displayName);
  };
  for (const search of ['isil', 'IŞIL', 'ışıl STRASSE']) expect(await found(search)).toEqual(['Işıl Straße']);
  expect(await found('\u0301')).toEqual([]);
}

async function writesPosts(node: TestServer, token: string): Promise<void> {
  const post = await node.call('POST', '/posts', { token, body: { title: 'I', content: CONTENT } });
  expect(post.status).toBe(201);
  const { body } = await node.call('GET', '/posts');
  expect(body.data).toEqual([post.body]);
}
