import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { addMember, converse, say, signUp } from '../../../../../../test/contract/chat-subject.js';
import { type RealChatSubject, realChatSubject } from '../../../../../../test/contract/real-chat-subject.js';
import type { OutcomeRow } from '../statements/message-batch.statement.js';

/** The statement of nodes from before migration 0011; those from before 0014 also add members differently. */
const STORE = 'select * from store_messages($1, $2, $3, $4, $5)';
const COUNT_MEMBER = `update conversations set rev = rev + 1, members_rev = rev + 1, member_count = member_count + 1
  where id = $1 returning rev::int`;
const ADD_MEMBER = 'insert into conversation_members (conversation_id, user_id) values ($1, $2)';
const MARK = `update conversation_members set last_read_seq = $3 where conversation_id = $1 and user_id = $2`;

let subject: RealChatSubject;
let owner: string;
let other: string;
let conversationId: string;

beforeAll(async () => {
  subject = await realChatSubject();
  [owner, other] = [await signUp(subject), await signUp(subject)];
});
beforeEach(async () => {
  conversationId = await converse(subject, owner, other);
});
afterAll(() => subject.close());

/** Arguments that store a message of the owner in each conversation. */
const messagesTo = (...ids: string[]) => [
  ids,
  ids.map(() => owner),
  ids.map(() => crypto.randomUUID()),
  ids.map(() => 'hello'),
  ids.map(() => null),
];
const query = (text: string, values: unknown[]) => subject.postgres.query<OutcomeRow>(text, values);
const head = async () => {
  const found = await subject.conversations.findById(conversationId);
  return [found?.lastSeq, found?.rev];
};

it('messages of an older node and ours are numbered as one', async () => {
  await say(subject, conversationId, other, 2);
  const [stored] = await query(STORE, messagesTo(conversationId));
  expect(stored).toMatchObject({ outcome: 'stored', seq: '3', rev: '3' });
  await say(subject, conversationId, other, 1);
  expect(await head()).toEqual([4, 4]);
});

it('a member change of an older node takes the next rev, though its row is behind', async () => {
  await say(subject, conversationId, owner, 3);
  expect(await query(COUNT_MEMBER, [conversationId])).toEqual([{ rev: 4 }]);
  expect(await subject.membersRev(conversationId)).toBe(4);
  await say(subject, conversationId, owner, 1);
  expect(await head()).toEqual([4, 5]);
});

it('a member whom an older node adds gets a row in the log with the next change, which stands for no event', async () => {
  const [first, second, third] = [await signUp(subject), await signUp(subject), await signUp(subject)];
  await addMember(subject, conversationId, owner, first);
  await query(ADD_MEMBER, [conversationId, second]);
  await query(COUNT_MEMBER, [conversationId]);
  await addMember(subject, conversationId, owner, third);
  const log = await subject.logOf(conversationId);
  expect(log.map(({ rev, kind, subjectId }) => [rev, kind, subjectId])).toEqual([
    [1, 'member_added', first],
    [2, 'members_changed', null],
    [3, 'member_added', third],
  ]);
  const timeline = await subject.timeline.findChanges(conversationId, owner, 0, 100);
  expect(timeline?.items.map(({ rev }) => rev)).toEqual([1, 3]);
  expect(timeline?.members).toHaveLength(5);
  expect(await subject.membersRev(conversationId)).toBe(3);
  const changes = await subject.changes.findChanges(conversationId, owner, 0, 100);
  expect(changes?.members?.map(({ userId }) => userId).toSorted()).toEqual(
    [owner, other, first, second, third].toSorted(),
  );
});

it('a position that an older node has moved counts, and never goes back', async () => {
  await say(subject, conversationId, owner, 5);
  await subject.memberships.markRead(conversationId, other, 2);
  await query(MARK, [conversationId, other, 4]);
  expect(await subject.memberships.markRead(conversationId, other, 3)).toMatchObject({
    lastReadSeq: 4,
    me: { lastReadSeq: 4, unreadCount: 1 },
    moved: false,
  });
});
