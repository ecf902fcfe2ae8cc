import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { callApi } from '../../support/api.js';
import { sendMessages, sortedStatuses } from '../http/support.js';
import { joined, TwoNodes } from './two-nodes.js';

const AT_ONCE = 64;

let nodes: TwoNodes;
beforeAll(async () => {
  nodes = await TwoNodes.start();
});
afterAll(() => nodes.stop());

/** Repeats a request that found a lock taken for too long, as a client that obeys a 503 does. */
const open = (url: string, path: string, token: string) =>
  vi.waitUntil(
    async () => {
      const answer = await callApi(url, 'PUT', path, { token });
      return answer.status !== 503 && answer;
    },
    { interval: 20, timeout: 15_000 },
  );

it('a message that is opened 64 times at once on two nodes has one thread, of which each node tells once', async () => {
  const [owner, member] = [await nodes.one.signUp(), await nodes.one.signUp()];
  const conversationId = await nodes.one.createConversation(owner, [member]);
  const [root] = await sendMessages(nodes.one, owner, conversationId, 1);
  await nodes.receiveAll();
  const sockets = await Promise.all(nodes.urls.map((url) => joined(url, member, conversationId)));
  const path = `/chat/conversations/${conversationId}/messages/${root?.id}/thread`;
  const answers = await Promise.all(
    Array.from({ length: AT_ONCE }, (_, index) => {
      const { token } = index % 4 < 2 ? owner : member;
      return open(nodes.urls[index % 2] ?? '', path, token);
    }),
  );
  expect(sortedStatuses(answers)).toEqual([...Array.from({ length: AT_ONCE - 1 }, () => 200), 201]);
  expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  for (const socket of sockets) await socket.waitFor('message_updated', 1);
  await sendMessages(nodes.one, owner, conversationId, 1);
  for (const socket of sockets) {
    const [message] = await socket.waitFor('new_message', 1);
    expect(message).toMatchObject({ rev: 3 });
    expect(socket.all('message_updated')).toMatchObject([{ conversationId, rev: 2, change: 'thread' }]);
    socket.close();
  }
});
