import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { callApi } from '../../support/api.js';
import type { TestUser } from '../../support/test-server.js';
import type { TestSocket } from '../../support/test-socket.js';
import { joined, seqsOf, TwoNodes, upTo } from './two-nodes.js';

let nodes: TwoNodes;
let ada: TestUser;
let room: string;
let near: TestSocket;
let far: TestSocket;

beforeAll(async () => {
  nodes = await TwoNodes.start();
  ada = await nodes.one.signUp('Ada');
  room = await nodes.one.createConversation(ada);
  [near, far] = await Promise.all([joined(nodes.one.url, ada, room), joined(nodes.two.url, ada, room)]);
});
afterAll(async () => {
  nodes.redis.thaw();
  await nodes.stop();
});

const say = async (content: string): Promise<number> => {
  const path = `/chat/conversations/${room}/messages`;
  const { body } = await callApi(nodes.one.url, 'POST', path, { token: ada.token, body: { content } });
  return body.seq;
};

it('a Redis that does not answer holds nothing up, and what it lets through late is neither twice nor out of order', async () => {
  expect(await say('before')).toBe(1);
  await far.waitFor('new_message', 1);
  nodes.redis.freeze();
  for (const n of upTo(20)) await say(`frozen ${n}`);
  await near.waitFor('new_message', 21);
  expect(seqsOf(far, room)).toEqual([1]);
  nodes.redis.thaw();
  const { seq: last } = await vi.waitFor(
    async () => {
      const seq = await say('thawed');
      expect(seqsOf(far, room).at(-1)).toBeGreaterThan(21);
      return { seq };
    },
    { interval: 20, timeout: 20_000 },
  );
  await near.settle();
  expect(seqsOf(near, room)).toEqual(upTo(last));
  const received = seqsOf(far, room);
  expect(received).toEqual([...new Set(received)].toSorted((one, other) => one - other));
});
