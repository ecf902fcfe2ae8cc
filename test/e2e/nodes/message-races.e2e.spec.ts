import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ApiAnswer, callApi } from '../../support/api.js';
import type { TestUser } from '../../support/test-server.js';
import type { TestSocket } from '../../support/test-socket.js';
import { type Node, startNode } from '../auth/support.js';
import { joined, TwoNodes } from './two-nodes.js';

/** Rounds of each race. */
const ROUNDS = 20;

interface Shown {
  readonly id: string;
  readonly rev: number;
}

let nodes: TwoNodes;
let third: Node;
let urls: readonly [string, string, string];
let owner: TestUser;
let member: TestUser;

beforeAll(async () => {
  nodes = await TwoNodes.start({ THROTTLE_GLOBAL_LIMIT: '1000000' });
  third = await startNode(nodes.one);
  urls = [...nodes.urls, third.url];
  [owner, member] = await Promise.all([nodes.one.signUp('Ada'), nodes.one.signUp('Ben')]);
});
afterAll(async () => {
  await third.app.close();
  await nodes.stop();
});

const call = async (node: number, { token }: TestUser, method: string, path: string, body?: object) =>
  callApi(urls[node % 3] ?? '', method, `/chat/conversations/${path}`, { token, ...(body && { body }) });
const say = async (conversationId: string, content: string, clientMessageId?: string) =>
  (await call(0, member, 'POST', `${conversationId}/messages`, { content, clientMessageId })).body;
const outcomes = (answers: readonly ApiAnswer[]) =>
  answers.map(({ status, body }) => (status < 300 ? String(status) : body.code)).toSorted();
const messageOf = ({ body }: ApiAnswer): unknown => body['message'];
const rowsOf = (table: 'message_versions' | 'message_pins') =>
  nodes.one.database.query(`select from ${table}`);

/** What a client has after these events: of each message the one with the highest `rev`. */
function folded(socket: TestSocket, conversationId: string): Map<string, Shown> {
  const latest = new Map<string, Shown>();
  for (const { event, payload } of socket.everything()) {
    const fields = payload as Shown & { conversationId?: string; message?: Shown };
    const shown = event === 'new_message' ? fields : fields.message;
    if (fields.conversationId !== conversationId || !shown) continue;
    if (shown.rev > (latest.get(shown.id)?.rev ?? 0)) latest.set(shown.id, shown);
  }
  return latest;
}

it('of edits on three nodes that have seen the same message one is stored', async () => {
  const id = await nodes.one.createConversation(owner, [member]);
  for (let round = 0; round < ROUNDS; round += 1) {
    const { id: messageId, rev } = await say(id, 'Hello!');
    const edits = [0, 1, 2].map((node) =>
      call(node, member, 'PATCH', `${id}/messages/${messageId}`, {
        content: `edit of node ${node}`,
        expectedRev: rev,
      }),
    );
    const answers = await Promise.all(edits);
    expect(outcomes(answers)).toEqual(['200', 'MESSAGE_CHANGED', 'MESSAGE_CHANGED']);
    const stored = answers.find(({ status }) => status === 200);
    const read = await call(round, owner, 'GET', `${id}/messages/${messageId}`);
    expect(messageOf(read)).toEqual(stored && messageOf(stored));
  }
});

it('edited, pinned and deleted on three nodes at once, a message is one tombstone everywhere', async () => {
  const id = await nodes.one.createConversation(owner, [member]);
  const sockets = await Promise.all(urls.map((url) => joined(url, owner, id)));
  const messages: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const { id: messageId } = await say(id, 'Hello!');
    messages.push(messageId);
    const path = `${id}/messages/${messageId}`;
    const answers = await Promise.all([
      call(round, member, 'PATCH', path, { content: 'Edited' }),
      call(round + 1, owner, 'PUT', `${path}/pin`),
      call(round + 2, owner, 'DELETE', path),
      call(round, member, 'PATCH', path, { content: 'Edited again' }),
      call(round + 1, member, 'DELETE', path),
    ]);
    const found = outcomes(answers).filter((outcome) => outcome !== 'MESSAGE_DELETED');
    expect(found.filter((outcome) => outcome !== '200')).toEqual(['204', '204']);
  }
  const { body: last } = await say(id, 'last').then(async (sent) =>
    call(1, owner, 'GET', `${id}/messages/${sent.id}`),
  );
  expect(last).toHaveProperty('message');
  const fresh = new Map<string, Shown>();
  for (const messageId of messages) {
    const states = await Promise.all(
      [0, 1, 2].map(async (node) => messageOf(await call(node, owner, 'GET', `${id}/messages/${messageId}`))),
    );
    expect(states[1]).toEqual(states[0]);
    expect(states[2]).toEqual(states[0]);
    expect(states[0]).toMatchObject({ content: '', deletedAt: expect.any(String) });
    expect(states[0]).not.toHaveProperty('pinnedAt');
    fresh.set(messageId, states[0] as Shown);
  }
  expect(await rowsOf('message_pins')).toEqual([]);
  for (const socket of sockets) {
    await socket.waitFor('new_message', ROUNDS + 1);
    const heard = folded(socket, id);
    for (const [messageId, shown] of fresh) expect(heard.get(messageId)).toEqual(shown);
    socket.close();
  }
});

it('what a deleted message said before its edits is gone, whichever came first', async () => {
  const id = await nodes.one.createConversation(owner, [member]);
  for (let round = 0; round < ROUNDS; round += 1) {
    const { id: messageId } = await say(id, 'Hello!');
    const path = `${id}/messages/${messageId}`;
    await Promise.all([
      call(round, member, 'PATCH', path, { content: 'Edited' }),
      call(round + 1, member, 'DELETE', path),
      call(round + 2, member, 'PATCH', path, { content: 'Edited again' }),
    ]);
    const left = await nodes.one.database.query('select from message_versions where message_id = $1', [
      messageId,
    ]);
    expect(left).toEqual([]);
  }
});

it('no edit of a member lands after its removal', async () => {
  let stored = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const id = await nodes.one.createConversation(owner, [member]);
    const { id: messageId } = await say(id, 'Hello!');
    const edit = (n: number) =>
      call(n, member, 'PATCH', `${id}/messages/${messageId}`, { content: `edit ${n}` });
    const first = [edit(round), edit(round + 1)];
    const removed = call(round + 2, owner, 'DELETE', `${id}/members/${member.id}`);
    const answers = await Promise.all([...first, edit(round + 2), edit(round), removed]);
    expect(answers.at(-1)?.status).toBe(204);
    const [{ rev: end } = { rev: 0 }] = await nodes.one.database.query<{ rev: number }>(
      "select rev::int from conversation_changes where conversation_id = $1 and kind = 'member_removed'",
      [id],
    );
    const revs = answers
      .filter(({ status }) => status === 200)
      .map((answer) => (messageOf(answer) as Shown).rev);
    expect(revs.filter((rev) => rev > end)).toEqual([]);
    stored += revs.length;
    const refused = outcomes(answers).filter((outcome) => !outcome.startsWith('20'));
    expect(refused.filter((code) => code !== 'NOT_CONVERSATION_MEMBER')).toEqual([]);
  }
  expect(stored).toBeGreaterThan(0);
});

it('a send that is repeated while its message is deleted stores no second one', async () => {
  const id = await nodes.one.createConversation(owner, [member]);
  for (let round = 0; round < ROUNDS; round += 1) {
    const clientMessageId = `once-${round}`;
    const { id: messageId } = await say(id, 'Hello!', clientMessageId);
    const repeat = (node: number) =>
      call(node, member, 'POST', `${id}/messages`, { content: 'Hello!', clientMessageId });
    const [first, , second] = await Promise.all([
      repeat(round),
      call(round + 1, member, 'DELETE', `${id}/messages/${messageId}`),
      repeat(round + 2),
    ]);
    for (const { status, body } of [first, second]) {
      expect([status, body.id]).toEqual([200, messageId]);
      expect(body.content).toBe(body.deletedAt === null ? 'Hello!' : '');
    }
    const { status, body } = await repeat(round);
    expect([status, body.content]).toEqual([200, '']);
  }
  const { body: page } = await call(0, owner, 'GET', `${id}/messages`);
  expect(page.total).toBe(ROUNDS);
});
