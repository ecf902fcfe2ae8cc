import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Client } from 'pg';
import { converse, signUp } from '../../../../../../test/contract/chat-subject.js';
import { type RealChatSubject, realChatSubject } from '../../../../../../test/contract/real-chat-subject.js';
import { UnavailableError } from '../../../../common/domain/errors/unavailable.error.js';
import { NotConversationMemberError } from '../../domain/errors/not-conversation-member.error.js';

/** The documented maximum length of the queue. */
const WAITING = 4_096;
const WAITING_FOR_LOCK = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;

let subject: RealChatSubject;
let owner: string;
let other: string;

beforeAll(async () => {
  subject = await realChatSubject();
  [owner, other] = [await signUp(subject), await signUp(subject)];
});
afterAll(() => subject.close());

/** Runs `work` while the conversations are locked against other writers. */
async function behindLock<T>(
  conversationIds: string | readonly string[],
  work: () => Promise<T>,
): Promise<T> {
  const elsewhere = new Client(subject.postgres.connection);
  await elsewhere.connect();
  await elsewhere.query('begin');
  await elsewhere.query('select from conversations where id = any ($1) for no key update', [
    [conversationIds].flat(),
  ]);
  try {
    return await work();
  } finally {
    await elsewhere.end();
  }
}

const send = (conversationId: string, content: string) =>
  subject.messages.create({ conversationId, senderId: owner, content });

const stored = async (conversationId: string) =>
  subject.postgres.query<{ seq: number; xmin: string }>(
    'select seq::int, xmin::text from messages where conversation_id = $1 order by seq',
    [conversationId],
  );

it('500 concurrent sends to 50 conversations take a handful of commits', async () => {
  const rooms = await Promise.all(Array.from({ length: 50 }, () => converse(subject, owner, other)));
  await Promise.all(
    Array.from({ length: 500 }, (_, index) =>
      subject.messages.create({
        conversationId: rooms[index % 50] as string,
        senderId: index % 3 === 0 ? other : owner,
        content: `message ${index}`,
      }),
    ),
  );
  const rows = (await Promise.all(rooms.map(stored))).flat();
  expect(rows).toHaveLength(500);
  expect(new Set(rows.map(({ xmin }) => xmin)).size).toBeLessThanOrEqual(10);
});

it('writes that come while one is in flight share the next batch', async () => {
  const conversationId = await converse(subject, owner);
  const sends = await behindLock(conversationId, async () => {
    const first = subject.messages.create({ conversationId, senderId: owner, content: 'first' });
    await new Promise(setImmediate);
    return [
      first,
      ...Array.from({ length: 100 }, (_, index) =>
        subject.messages.create({ conversationId, senderId: owner, content: `message ${index}` }),
      ),
    ];
  });
  const seqs = (await Promise.all(sends)).map(({ message }) => message.seq);
  expect(seqs).toEqual(Array.from({ length: 101 }, (_, index) => index + 1));
  const commits = (await stored(conversationId)).map(({ xmin }) => xmin);
  expect(new Set(commits).size).toBe(2);
  expect(new Set(commits.slice(1)).size).toBe(1);
});

it('a message that the database refuses fails alone, and the others of its batch are stored in order', async () => {
  const conversationId = await converse(subject, owner);
  const contents = ['one', 'two', 'no \0 text', 'three', 'four'];
  const settled = await Promise.allSettled(
    contents.map((content) => subject.messages.create({ conversationId, senderId: owner, content })),
  );
  expect(settled.map(({ status }) => status)).toEqual([
    'fulfilled',
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
  ]);
  const [page] = [await subject.messages.findByConversation(conversationId, 1, 10, 1)];
  expect(page.data.map(({ content }) => content)).toEqual(['four', 'three', 'two', 'one']);
  expect(await subject.conversations.findById(conversationId)).toMatchObject({ lastSeq: 4, rev: 4 });
});

it('refusals, repeats and fresh messages of one batch each get their own answer', async () => {
  const [here, there] = [await converse(subject, owner, other), await converse(subject, owner)];
  const sendAs = (conversationId: string, senderId: string, content: string, clientMessageId?: string) =>
    subject.messages.create({ conversationId, senderId, content, clientMessageId });
  await sendAs(here, owner, 'old', 'used');
  const settled = await Promise.allSettled([
    sendAs(here, owner, 'a', 'new'),
    sendAs(there, other, 'stranger'),
    sendAs(here, owner, 'old', 'used'),
    sendAs(there, owner, 'b'),
    sendAs(here, other, 'old', 'used'),
    sendAs(here, owner, 'other content', 'used'),
    sendAs(here, owner, 'a', 'new'),
    sendAs(here, owner, 'c'),
  ]);
  expect(settled).toMatchObject([
    { value: { duplicate: false, message: { seq: 2, content: 'a' } } },
    { reason: expect.any(NotConversationMemberError) },
    { value: { duplicate: true, message: { seq: 1, content: 'old' } } },
    { value: { duplicate: false, message: { seq: 1, content: 'b' } } },
    { value: { duplicate: false, message: { seq: 3, content: 'old' } } },
    { reason: { code: 'CLIENT_MESSAGE_ID_REUSED' } },
    { value: { duplicate: true, message: { seq: 2, content: 'a' } } },
    { value: { duplicate: false, message: { seq: 4, content: 'c' } } },
  ]);
});

it.each([
  ["posting = 'admins'", 'POSTING_RESTRICTED'],
  ['slow_mode_seconds = 60', 'SLOW_MODE'],
  ['deleted_at = now()', 'CONVERSATION_NOT_FOUND'],
])('what is committed while a message waits for the lock holds for it: %s', async (change, code) => {
  const conversationId = await converse(subject, owner, other);
  const sendAsMember = () => subject.messages.create({ conversationId, senderId: other, content: 'Hello!' });
  await sendAsMember();
  const elsewhere = new Client(subject.postgres.connection);
  await elsewhere.connect();
  await elsewhere.query('begin');
  await elsewhere.query(`update conversations set ${change} where id = $1`, [conversationId]);
  const sent = sendAsMember().catch((error: unknown) => error);
  await vi.waitUntil(async () => (await subject.postgres.query(WAITING_FOR_LOCK)).length > 0, {
    interval: 5,
    timeout: 10_000,
  });
  await elsewhere.query('commit');
  await elsewhere.end();
  expect(await sent).toMatchObject({ code });
  expect(await stored(conversationId)).toHaveLength(1);
});

it('4,096 sends to one conversation may wait; the next gets 503 and is not stored, other conversations are not affected', async () => {
  const [full, free] = [await converse(subject, owner), await converse(subject, owner)];
  const { sends, late } = await behindLock(full, async () => {
    const first = send(full, 'first');
    await new Promise(setImmediate);
    const waiting = Array.from({ length: WAITING }, (_, index) => send(full, String(index)));
    const refused = await send(full, 'late').catch((error: unknown) => error);
    expect((await send(free, 'elsewhere')).message.seq).toBe(1);
    return { sends: [first, ...waiting], late: refused };
  });
  expect(late).toBeInstanceOf(UnavailableError);
  const seqs = (await Promise.all(sends)).map(({ message }) => message.seq);
  expect(seqs).toEqual(Array.from({ length: WAITING + 1 }, (_, index) => index + 1));
  expect(await stored(full)).toHaveLength(WAITING + 1);
});

// Two data-modifying parts of one statement that change the same row lose one of the changes, silently.
it('a batch moves the row of its conversation once, to its last message, whatever the messages have', async () => {
  const id = await converse(subject, owner, other);
  await send(id, 'first');
  await subject.age(id, 120);
  const sends = await behindLock(id, async () => {
    const begun = ['plain', 'rich', 'plain', 'rich'].map((content) =>
      subject.messages.create({
        conversationId: id,
        senderId: owner,
        content,
        extras: content === 'rich' ? { mentions: [other], mentionsAll: true } : undefined,
      }),
    );
    await vi.waitFor(async () => expect(await subject.postgres.query(WAITING_FOR_LOCK)).toHaveLength(1));
    return begun;
  });
  await Promise.all(sends);
  expect(new Set((await stored(id)).slice(1).map(({ xmin }) => xmin)).size).toBe(1);
  const [row] = await subject.postgres.query(
    `select last_seq::int, rev::int, (select count(*)::int from message_mentions where conversation_id = c.id) as mentions
     from conversations c where id = $1`,
    [id],
  );
  expect(row).toEqual({ last_seq: 5, rev: 5, mentions: 4 });
});
