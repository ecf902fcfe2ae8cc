import { afterAll, beforeAll, expect, it } from 'vitest';
import { converse, say, signUp } from '../../../../../../test/contract/chat-subject.js';
import { type RealChatSubject, realChatSubject } from '../../../../../../test/contract/real-chat-subject.js';
import { Database } from '../../../../common/infrastructure/database/database.js';
import type { OwnMembership } from '../../domain/models/own-membership.model.js';
import { OwnMembershipAdapter } from './own-membership.adapter.js';

const ROUNDS = 12;

let subject: RealChatSubject;
let databases: Database[];
let nodes: OwnMembershipAdapter[];
let owner: string;
let reader: string;

beforeAll(async () => {
  subject = await realChatSubject();
  databases = [1, 2].map(() => new Database(subject.postgres.connection, 4));
  for (const database of databases) await database.readEpoch();
  nodes = databases.map((database) => new OwnMembershipAdapter(database, subject.live));
  owner = await signUp(subject);
  reader = await signUp(subject);
});
afterAll(async () => {
  for (const database of databases) await database.onApplicationShutdown();
  await subject.close();
});

const shownToOthers = async (id: string) => {
  const members = await subject.members.findMembersByConversation(id);
  return members.find(({ userId }) => userId === reader)?.lastReadSeq ?? -1;
};
const meOf = async (id: string) => (await subject.members.findConversationOfUser(reader, id))?.me;
/** Everything of it that has a version. */
const ownStateOf = (me: OwnMembership) => JSON.stringify({ ...me, unreadCount: 0, version: 0 });

it('of changes on two nodes at once each state has a version of its own, and what others are shown never goes back', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const id = await converse(subject, owner, reader);
    await say(subject, id, owner, 6);
    await nodes[0]?.markRead(id, reader, 4);
    const before = await meOf(id);
    const acts = [
      (node: OwnMembershipAdapter) => node.changeMembership(id, reader, { lastReadSeq: 1 }),
      (node: OwnMembershipAdapter) => node.markRead(id, reader, 5),
      (node: OwnMembershipAdapter) => node.changeMembership(id, reader, { lastReadSeq: 2, pinned: true }),
      (node: OwnMembershipAdapter) => node.markRead(id, reader, 3),
      (node: OwnMembershipAdapter) => node.changeMembership(id, reader, { notify: 'none' }),
      ...(round % 2 === 0 ? [(node: OwnMembershipAdapter) => node.clearHistory(id, reader)] : []),
      ...(round % 3 === 0
        ? [
            async () => {
              await say(subject, id, reader, 1);
              return null;
            },
          ]
        : []),
    ];
    const shown: number[] = [];
    const answers = await Promise.all(
      acts.map(async (act, index) => {
        const answer = await act(nodes[(index + round) % 2] as OwnMembershipAdapter);
        shown.push(answer?.lastReadSeq ?? 0);
        return answer;
      }),
    );
    const last = await meOf(id);
    const states = new Map<number, string>();
    for (const me of [before, ...answers.map((answer) => answer?.me), last]) {
      if (!me) continue;
      const state = ownStateOf(me);
      expect([round, me.version, states.get(me.version) ?? state]).toEqual([round, me.version, state]);
      states.set(me.version, state);
    }
    expect(last?.version).toBe(Math.max(...states.keys()));
    expect(await shownToOthers(id)).toBeGreaterThanOrEqual(Math.max(4, ...shown));
  }
});

it.each([
  ['back', 1],
  ['forward', 6],
] as const)('a position that goes %s on both nodes at once is changed once', async (_, lastReadSeq) => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const id = await converse(subject, owner, reader);
    await say(subject, id, owner, 6);
    await nodes[0]?.markRead(id, reader, 4);
    const both = await Promise.all(nodes.map((node) => node.changeMembership(id, reader, { lastReadSeq })));
    expect(both.filter((one) => one?.changed)).toHaveLength(1);
    expect(both.map((one) => one?.me.lastReadSeq)).toEqual([lastReadSeq, lastReadSeq]);
    expect(new Set(both.map((one) => one?.me.version)).size).toBe(1);
  }
});
