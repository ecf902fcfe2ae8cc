import { afterAll, beforeAll, expect, it } from 'vitest';
import { addMember, converse, say, signUp } from '../../../../../../test/contract/chat-subject.js';
import { type RealChatSubject, realChatSubject } from '../../../../../../test/contract/real-chat-subject.js';
import { addReplies, openThread } from '../../../../../../test/support/threads.js';
import { Database } from '../../../../common/infrastructure/database/database.js';
import { memberRemoval } from '../../domain/models/conversation-change.model.js';
import { OwnMembershipAdapter } from './own-membership.adapter.js';
import { ThreadFollowersAdapter } from './thread-followers.adapter.js';

const ROUNDS = 60;

let subject: RealChatSubject;
/** The connections of another node. */
let database: Database;
let followers: ThreadFollowersAdapter;
let memberships: OwnMembershipAdapter;
let owner: string;
let member: string;
let parentId: string;
let threadId: string;

beforeAll(async () => {
  subject = await realChatSubject();
  database = new Database(subject.postgres.connection, 4);
  await database.readEpoch();
  followers = new ThreadFollowersAdapter(database);
  memberships = new OwnMembershipAdapter(database, subject.live);
  [owner, member] = [await signUp(subject), await signUp(subject)];
  parentId = await converse(subject, owner, member);
  await say(subject, parentId, owner, 1);
  threadId = await openThread(subject, parentId, 1, owner);
  await addReplies(subject, threadId, owner, 5);
});
afterAll(async () => {
  await database.onApplicationShutdown();
  await subject.close();
});

const followed = async () => (await followers.findFollowed({ userId: member, limit: 10 })).data;

it('whoever is removed on one node while it follows and reads on another follows nothing, also when it is back', async () => {
  const found: boolean[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const [follows] = await Promise.all([
      followers.follow(threadId, member),
      followers.follow(threadId, member),
      memberships.markRead(threadId, member, round % 6),
      memberships.changeMembership(threadId, member, { lastReadSeq: round % 5 }),
      subject.change.change(parentId, owner, () => [memberRemoval(member, 'removed', null)]),
    ]);
    found.push(follows);
    expect(await followed()).toEqual([]);
    expect(await memberships.markRead(threadId, member, 1)).toBeNull();
    await addMember(subject, parentId, owner, member);
    expect(await followed()).toEqual([]);
  }
  expect(found).toHaveLength(ROUNDS);
});

it('of marks in both directions at once, on two nodes, none is lost, and no count is below zero', async () => {
  await followers.follow(threadId, member);
  const versions: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const answers = await Promise.all(
      [subject.memberships, memberships].flatMap((node) => [
        node.changeMembership(threadId, member, { lastReadSeq: round % 4 }),
        node.markRead(threadId, member, 5 - (round % 3)),
      ]),
    );
    for (const answer of answers) {
      expect(answer?.me.unreadCount).toBe(5 - (answer?.me.lastReadSeq ?? 0));
      expect(answer?.lastReadSeq).toBeGreaterThanOrEqual(answer?.me.lastReadSeq ?? Infinity);
    }
    const now = await memberships.markRead(threadId, member, 0);
    expect(Math.max(...answers.map((answer) => answer?.me.version ?? Infinity))).toBe(now?.me.version);
    versions.push(now?.me.version ?? 0);
  }
  expect(versions.toSorted((one, other) => one - other)).toEqual(versions);
});
