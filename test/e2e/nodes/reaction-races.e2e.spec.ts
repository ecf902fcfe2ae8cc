import { afterAll, beforeAll, expect, it } from 'vitest';
import { callApi } from '../../support/api.js';
import { compareFolds } from '../../support/folding/compare-folds.js';
import { FoldingClient } from '../../support/folding/folding-client.js';
import { LEFT_ROWS, WRONG_MENTIONS, WRONG_SUMMARIES } from '../../support/message-rows.js';
import type { TestUser } from '../../support/test-server.js';
import { type Node, startNode } from '../auth/support.js';
import { TwoNodes } from './two-nodes.js';

/** Rounds, each with a message of its own; every second one is deleted. */
const ROUNDS = 20;

let nodes: TwoNodes;
let third: Node;
let urls: readonly string[];
let owner: TestUser;
let author: TestUser;
let ann: TestUser;
let ben: TestUser;
let clients: FoldingClient[];
let path: string;

beforeAll(async () => {
  nodes = await TwoNodes.start({ THROTTLE_GLOBAL_LIMIT: '1000000', THROTTLE_REACTIONS_LIMIT: '1000000' });
  third = await startNode(nodes.one);
  urls = [...nodes.urls, third.url];
  const users = await Promise.all(['Owner', 'Author', 'Ann', 'Ben'].map((name) => nodes.one.signUp(name)));
  [owner, author, ann, ben] = users as [TestUser, TestUser, TestUser, TestUser];
  path = `/chat/conversations/${await nodes.one.createConversation(owner, [author, ann, ben])}/messages`;
  clients = urls.flatMap((url) => users.map((user) => new FoldingClient(url, user)));
  await Promise.all(clients.map((client) => client.connect()));
});
afterAll(async () => {
  for (const client of clients) client.close();
  await third.app.close();
  await nodes.stop();
});

async function call(node: number, { token }: TestUser, method: string, place: string, body?: object) {
  const answer = await callApi(urls[node % 3] ?? '', method, path + place, { token, ...(body && { body }) });
  return answer.status < 300 ? 'done' : answer.body.code;
}

/** Edited, pinned, reacted to by three people and perhaps deleted, all at the same time and each on some node. */
async function changeOnThreeNodes(messageId: string, round: number, isDeleted: boolean): Promise<string[]> {
  const message = `/${messageId}`;
  const kind = (emoji: string) => `${message}/reactions/${encodeURIComponent(emoji)}`;
  await Promise.all([ann, ben].map((user, node) => call(round + node, user, 'PUT', kind('before'))));
  return Promise.all([
    call(round, author, 'PATCH', message, { content: 'Edited', mentions: [ann.id, ben.id] }),
    call(round + 1, ann, 'PUT', kind('👍')),
    call(round + 2, ben, 'PUT', kind('👍')),
    call(round, ann, 'DELETE', kind('before')),
    call(round + 1, ben, 'PUT', kind('❤\ufe0f')),
    call(round + 2, owner, 'PUT', kind('❤')),
    call(round, owner, 'DELETE', `${kind('before')}/${ben.id}`),
    ...(isDeleted ? [call(round + 1, author, 'DELETE', message)] : []),
    call(round + 2, owner, 'PUT', `${message}/pin`),
    call(round, ben, 'DELETE', kind('👍')),
    call(round + 1, ann, 'PUT', kind('after')),
    call(round + 2, ben, 'PUT', kind('after')),
  ]);
}

it('edited, reacted to and deleted on three nodes at once, a message has one state everywhere', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const sent = await callApi(urls[round % 3] ?? '', 'POST', path, {
      token: author.token,
      body: { content: 'Hello!', mentions: [owner.id, ann.id], ...(round > 0 && { metadata: { round } }) },
    });
    const isDeleted = round % 2 === 0;
    const outcomes = await changeOnThreeNodes(sent.body.id, round, isDeleted);
    const refused = outcomes.filter((outcome) => outcome !== 'done');
    expect(refused.filter((code) => !isDeleted || code !== 'MESSAGE_DELETED')).toEqual([]);
  }

  const { database } = nodes.one;
  expect(await database.query(LEFT_ROWS)).toEqual([]);
  expect(await database.query(WRONG_SUMMARIES)).toEqual([]);
  expect(await database.query(WRONG_MENTIONS)).toEqual([]);
  // Whoever has heard of the last change on a node has heard of all of them: they have one order.
  const last = { seq: ROUNDS + 1, content: 'last' };
  await callApi(urls[2] ?? '', 'POST', path, { token: owner.token, body: { content: last.content } });
  const views = await Promise.all(
    clients.map(async (client) => {
      const [fold] = client.folds.values();
      await client.until(() => fold?.conversation.lastSeq === last.seq);
      return { client, ...(await compareFolds(client, true)) };
    }),
  );
  const freshOf = new Map<string, unknown>();
  for (const { client, folded, fresh } of views) {
    expect(folded).toEqual(fresh);
    expect(client.gaps).toBe(0);
    expect(fresh).toEqual(freshOf.get(client.user.id) ?? fresh);
    freshOf.set(client.user.id, fresh);
  }
});

it('a reaction that its message does not show would be found, and one of a deleted message', async () => {
  const [shown] = await nodes.one.database.query<{ id: string }>(
    'select id from messages where reactions is not null and not reactions @> \'[{"emoji": "x"}]\' limit 1',
  );
  await nodes.one.database.query(
    "insert into message_reactions (message_id, key, user_id, emoji) values ($1, 'x', $2, 'x')",
    [shown?.id, owner.id],
  );
  expect(await nodes.one.database.query(WRONG_SUMMARIES)).toMatchObject([{ found: 'stored', key: 'x' }]);
  await nodes.one.database.query('update messages set deleted_at = now() where id = $1', [shown?.id]);
  expect(await nodes.one.database.query(LEFT_ROWS)).toContainEqual({ found: 'reaction', id: shown?.id });
});
