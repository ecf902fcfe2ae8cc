import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { callApi } from '../../support/api.js';
import type { TestUser } from '../../support/test-server.js';
import { TestSocket } from '../../support/test-socket.js';
import { TwoNodes } from './two-nodes.js';

let nodes: TwoNodes;
let ada: TestUser;
let ben: TestUser;

beforeAll(async () => {
  nodes = await TwoNodes.start();
});
beforeEach(async () => {
  [ada, ben] = await Promise.all([nodes.one.signUp('Ada'), nodes.one.signUp('Ben')]);
});
afterAll(() => nodes.stop());

/** Repeats a request that found a lock taken for too long, as a client that obeys a 503 does. */
const open = (node: number, { token }: TestUser, { id }: TestUser) =>
  vi.waitUntil(
    async () => {
      const path = `/chat/conversations/direct/${id}`;
      const answer = await callApi(nodes.urls[node % 2] ?? '', 'PUT', path, { token });
      return answer.status !== 503 && answer;
    },
    { interval: 20, timeout: 15_000 },
  );

it('opened 64 times at once over two nodes by both, it is one row, and each receives one conversation_added', async () => {
  const sockets = await Promise.all(
    [ada, ben].flatMap(({ token }) => nodes.urls.map((url) => TestSocket.connect(url, token))),
  );
  const answers = await Promise.all(
    Array.from({ length: 64 }, (_, n) => (n % 4 < 2 ? open(n, ada, ben) : open(n, ben, ada))),
  );
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(63);
  expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  const rows = await nodes.one.database.query(
    'select from conversations where $1 in (direct_low, direct_high)',
    [ada.id],
  );
  expect(rows).toHaveLength(1);

  const id = answers[0]?.body.id;
  const path = `/chat/conversations/${id}/messages`;
  const said = await Promise.all(
    [ada, ben].map(({ token }, n) =>
      callApi(nodes.urls[n] ?? '', 'POST', path, { token, body: { content: 'Hi' } }),
    ),
  );
  expect(said.map(({ status }) => status)).toEqual([201, 201]);
  for (const socket of sockets) {
    expect(await socket.waitFor('conversation_added', 1)).toMatchObject([{ id }]);
    await socket.emit('join_room', { conversationId: id });
  }
  // A later event arrives after all earlier ones of both nodes.
  for (const url of nodes.urls)
    await callApi(url, 'POST', path, { token: ada.token, body: { content: 'last' } });
  for (const socket of sockets) {
    await socket.waitFor('new_message', 2);
    expect(socket.all('conversation_added')).toHaveLength(1);
    socket.close();
  }
});
