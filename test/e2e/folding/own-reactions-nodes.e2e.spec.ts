import { afterAll, beforeAll, expect, it } from 'vitest';
import { callApi } from '../../support/api.js';
import { TakesTheLastOwn } from '../../support/folding/careless-folds.js';
import { compareFolds } from '../../support/folding/compare-folds.js';
import { ConversationFold } from '../../support/folding/conversation-fold.js';
import { FoldingClient } from '../../support/folding/folding-client.js';
import type { TestUser } from '../../support/test-server.js';
import { TestSocket } from '../../support/test-socket.js';
import { TwoNodes } from '../nodes/two-nodes.js';

let nodes: TwoNodes;
let owner: TestUser;
let member: TestUser;
beforeAll(async () => {
  nodes = await TwoNodes.start();
  [owner, member] = await Promise.all([nodes.one.signUp('Ada'), nodes.one.signUp('Ben')]);
});
afterAll(() => nodes.stop());

/**
 * The first node is told of two changes within a second, and emits the second one at the end of that second. Meanwhile
 * the other node has emitted the next one.
 */
async function receiveInAnotherOrder(Fold: typeof ConversationFold) {
  const id = await nodes.one.createConversation(owner, [member]);
  const path = `/chat/conversations/${id}/messages`;
  const { body } = await nodes.one.call('POST', path, { token: owner.token, body: { content: 'Hello!' } });
  const [first, second] = nodes.urls;
  const listener = await TestSocket.connect(second, member.token);
  const device = new FoldingClient(second, member, undefined, undefined, Fold);
  await device.connect();
  const react = (url: string, method: string, emoji: string) =>
    callApi(url, method, `${path}/${body.id}/reactions/${emoji}`, member);
  await react(first, 'PUT', 'a');
  await react(first, 'PUT', 'b');
  await react(second, 'DELETE', 'b');
  const updates = await listener.waitFor<{ own: { revs: object } }>('me_updated', 3);
  expect(updates.map(({ own }) => Object.values(own.revs))).toEqual([[2], [4], [3]]);
  const { folded, fresh } = await compareFolds(device, false);
  for (const socket of [device, listener]) socket.close();
  return { folded: folded[id], fresh: fresh[id] };
}

it('own reactions that two nodes emit in another order are those of the highest rev', async () => {
  const { folded, fresh } = await receiveInAnotherOrder(ConversationFold);
  expect(folded).toEqual(fresh);
});

it('a client that takes those that come last has others', async () => {
  const { folded, fresh } = await receiveInAnotherOrder(TakesTheLastOwn);
  expect(folded).not.toEqual(fresh);
  expect(folded).toMatchObject({ own: [{ emojis: ['a', 'b'] }] });
  expect(fresh).toMatchObject({ own: [{ emojis: ['a'] }] });
});
