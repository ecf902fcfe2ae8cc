import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { addMember, converse, signUp } from '../../../../../../test/contract/chat-subject.js';
import { type RealChatSubject, realChatSubject } from '../../../../../../test/contract/real-chat-subject.js';
import { CannotAddMemberError } from '../../domain/errors/cannot-add-member.error.js';
import { NotConversationMemberError } from '../../domain/errors/not-conversation-member.error.js';

let subject: RealChatSubject;
let owner: string;
let other: string;
let conversationId: string;

beforeAll(async () => {
  subject = await realChatSubject();
  owner = await signUp(subject);
  other = await signUp(subject);
});
beforeEach(async () => {
  conversationId = await converse(subject, owner, other);
});
afterAll(() => subject.close());

const send = (senderId: string, content = 'Hello!') =>
  subject.messages.create({ conversationId, senderId, content });
const head = () => subject.conversations.findById(conversationId);
const advance = (elsewhere: Client) =>
  elsewhere.query('update conversations set last_seq = 7, rev = 9 where id = $1', [conversationId]);
const removeOther = (elsewhere: Client) =>
  elsewhere.query('delete from conversation_members where conversation_id = $1 and user_id = $2', [
    conversationId,
    other,
  ]);
const removeOwner = (elsewhere: Client) =>
  elsewhere.query('delete from conversation_members where conversation_id = $1 and user_id = $2', [
    conversationId,
    owner,
  ]);
const demoteOwner = (elsewhere: Client) =>
  elsewhere.query(`update conversation_members set role = 'member' where user_id = $1`, [owner]);
const isSomebodyWaiting = async () =>
  (
    await subject.postgres.query(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
  ).length > 0;

const addSomebody = async () => addMember(subject, conversationId, owner, await signUp(subject));

/** Runs `change` under the conversation's lock, and commits only once `write` waits for that lock. */
async function meanwhile<T>(
  change: (elsewhere: Client) => Promise<unknown>,
  write: () => Promise<T>,
): Promise<T> {
  const elsewhere = new Client(subject.postgres.connection);
  await elsewhere.connect();
  try {
    await elsewhere.query('begin');
    await elsewhere.query('select from conversations where id = $1 for no key update', [conversationId]);
    const written = write();
    written.catch(() => undefined);
    await vi.waitUntil(isSomebodyWaiting, { interval: 2, timeout: 5_000 });
    await change(elsewhere);
    await elsewhere.query('commit');
    return await written;
  } finally {
    await elsewhere.end();
  }
}

describe('while another node changes the conversation', () => {
  it('a member who is removed in the same instant cannot send', async () => {
    await expect(meanwhile(removeOther, () => send(other))).rejects.toThrow(NotConversationMemberError);
    expect(await head()).toMatchObject({ lastSeq: 0, rev: 0 });
    expect((await subject.messages.findRange(conversationId, 1, 100)).data).toEqual([]);
  });

  it('a member who is removed or loses the role in the same instant cannot add members', async () => {
    await expect(meanwhile(demoteOwner, addSomebody)).rejects.toThrow(CannotAddMemberError);
    await expect(meanwhile(removeOwner, addSomebody)).rejects.toThrow(NotConversationMemberError);
    expect(await head()).toMatchObject({ rev: 0, memberCount: 2 });
  });

  it('its messages are numbered before ours', async () => {
    const { message } = await meanwhile(advance, () => send(owner));
    expect(message).toMatchObject({ seq: 8, rev: 10 });
  });

  it('a new member has read its messages too', async () => {
    const newcomer = await signUp(subject);
    const add = () => addMember(subject, conversationId, owner, newcomer);
    expect(await meanwhile(advance, add)).toMatchObject({ lastReadSeq: 7 });
    expect(await head()).toMatchObject({ rev: 10 });
  });
});
