import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { converse, say, signUp } from '../../../../../../test/contract/chat-subject.js';
import { type RealChatSubject, realChatSubject } from '../../../../../../test/contract/real-chat-subject.js';
import { memberAddition } from '../../domain/models/conversation-change.model.js';
import { ChangeLog, type ChangeCounts } from './change-log.js';

const ADDITION: ChangeCounts = { ofMembers: true, members: 1 };
/** Bytes of the data as PostgreSQL writes it: `{"id": "…", "role": "member"}`. */
const AROUND_ID = 28;

let subject: RealChatSubject;
let log: ChangeLog;
let owner: string;
let conversationId: string;

beforeAll(async () => {
  subject = await realChatSubject();
  log = new ChangeLog(subject.database);
  owner = await signUp(subject);
});
beforeEach(async () => {
  conversationId = await converse(subject, owner);
});
afterAll(() => subject.close());

const append = (id: string, counts = ADDITION) => {
  const change = { ...memberAddition(randomUUID(), 'member'), data: { id, role: 'member' as const } };
  return log.append(conversationId, owner, change, counts);
};
const head = () => subject.conversations.findById(conversationId);

it('data has at most 8 KiB', async () => {
  await append('x'.repeat(8_192 - AROUND_ID));
  await expect(append('x'.repeat(8_192 - AROUND_ID + 1))).rejects.toMatchObject({ code: '23514' });
  expect(await head()).toMatchObject({ rev: 1, memberCount: 2 });
});

it('takes the rev after the newest message, also of one that the row does not know of', async () => {
  await say(subject, conversationId, owner, 3);
  expect(await append('x')).toMatchObject({ conversationId, rev: 4 });
  expect(await head()).toMatchObject({ lastSeq: 3, rev: 4 });
  expect(await subject.membersRev(conversationId)).toBe(4);
});

it('moves only the numbers that the change names', async () => {
  await append('x', { ofMembers: false, members: 0 });
  expect(await head()).toMatchObject({ rev: 1, memberCount: 1 });
  expect(await subject.membersRev(conversationId)).toBe(0);
  await append('x', { ofMembers: true, members: -1 });
  expect(await head()).toMatchObject({ rev: 2, memberCount: 0 });
  expect(await subject.membersRev(conversationId)).toBe(2);
});

it('knows a row by its rev and its time, to the microsecond', async () => {
  const row = await append('x');
  expect(await log.has(row)).toBe(true);
  expect(await log.has({ ...row, rev: row.rev + 1 })).toBe(false);
  expect(await log.has({ ...row, conversationId: randomUUID() })).toBe(false);
  const [later] = await subject.postgres.query<{ at: string }>(
    `select ($1::timestamptz + interval '1 microsecond')::text as at`,
    [row.createdAt],
  );
  expect(await log.has({ ...row, createdAt: later?.at ?? '' })).toBe(false);
});
