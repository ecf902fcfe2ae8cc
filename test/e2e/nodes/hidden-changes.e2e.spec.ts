import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { callApi } from '../../support/api.js';
import { FoldingClient } from '../../support/folding/folding-client.js';
import type { TestUser } from '../../support/test-server.js';
import { TwoNodes } from './two-nodes.js';

const CANARY = 'canary-hidden';
const EMOJI = encodeURIComponent('👍');

interface Frame {
  readonly rev?: number;
  readonly prevRev?: number;
  readonly member?: object;
}

let nodes: TwoNodes;
let owner: TestUser;
let late: TestUser;
let room: string;
let hidden: string[];

beforeAll(async () => {
  nodes = await TwoNodes.start();
});
afterAll(() => nodes.stop());

const call = async (url: string, method: string, path: string, body?: object) => {
  const answer = await callApi(url, method, `/chat/conversations/${room}${path}`, {
    token: owner.token,
    ...(body && { body }),
  });
  if (answer.status >= 300) throw new Error(`${method} ${path} is answered ${answer.status}.`);
  return answer.body as { id: string; rev: number };
};

/** A member who has joined without the history of five messages, and is shown nobody's positions. */
beforeEach(async () => {
  [owner, late] = await Promise.all([nodes.one.signUp('Ada'), nodes.one.signUp('Ben')]);
  room = await nodes.one.createConversation(owner);
  hidden = [];
  for (const _ of Array.from({ length: 5 }))
    hidden.push((await call(nodes.one.url, 'POST', '/messages', { content: CANARY })).id);
  const settings = { token: late.token, body: { readReceipts: false } };
  await callApi(nodes.one.url, 'PUT', '/users/me', settings);
  await call(nodes.one.url, 'POST', '/members', { userId: late.id, history: 'none' });
  await nodes.receiveAll();
});

/** Ten changes of hidden messages. */
async function changeHidden(urlOf: (step: number) => string, part: number): Promise<void> {
  const [edited = '', pinned = '', liked = ''] = hidden;
  const url = urlOf(part);
  for (const step of [1, 2, 3, 4])
    await call(urlOf(step), 'PATCH', `/messages/${edited}`, { content: `${CANARY} ${part} ${step}` });
  for (const method of ['PUT', 'DELETE']) {
    await call(url, method, `/messages/${pinned}/pin`);
    await call(urlOf(part + 1), method, `/messages/${liked}/reactions/${EMOJI}`);
  }
  await call(url, 'PUT', `/messages/${liked}/reactions/${EMOJI}`);
  await call(url, 'DELETE', `/messages/${liked}/reactions/${EMOJI}`);
}

it.each([
  ['one node', () => nodes.one.url],
  ['two nodes', (step: number) => nodes.urls[step % 2] ?? ''],
])(
  'on %s a client finds no gap where messages that are hidden from it were changed fifty times',
  async (_, urlOf) => {
    const frames: Frame[] = [];
    const client = new FoldingClient(urlOf(1), late, (event) => {
      frames.push(event.payload as Frame);
      return [event];
    });
    await client.connect();
    const { rev: since } = await call(urlOf(0), 'GET', '');
    const guest = await nodes.one.signUp('Eve');
    const told = [
      () => call(urlOf(0), 'POST', '/messages', { content: 'shown', replyToId: hidden[3] }),
      () => call(urlOf(1), 'POST', '/members', { userId: guest.id }),
      () => call(urlOf(0), 'PATCH', `/members/${guest.id}`, { role: 'admin' }),
      () => call(urlOf(1), 'PATCH', '', { title: 'New' }),
      () => call(urlOf(0), 'DELETE', `/members/${guest.id}`),
    ];
    for (const [part, change] of told.entries()) {
      await changeHidden(urlOf, part);
      await change();
    }
    await call(urlOf(1), 'POST', '/messages', { content: 'last' });
    await client.until(() => client.folds.get(room)?.conversation.lastMessage?.content === 'last');
    expect(client.gaps).toBe(0);
    expect([...(client.folds.get(room)?.messages.values() ?? [])]).toMatchObject([
      { content: 'shown', replyTo: { id: hidden[3], seq: 4 } },
      { content: 'last' },
    ]);
    const positions = frames.flatMap(({ rev, prevRev }) => (rev === undefined ? [] : [[rev, prevRev]]));
    expect(positions).toEqual([
      ...[0, 1, 2, 3, 4].map((part) => [since + 11 * (part + 1), since + 11 * part]),
      [since + 56, undefined],
    ]);
    expect(JSON.stringify(frames)).not.toContain(CANARY);
    const shown = frames.flatMap(({ member }) => (member ? [member] : []));
    expect(shown).toMatchObject([{ lastReadSeq: 0 }, { lastReadSeq: 0 }]);
    client.close();
  },
);
