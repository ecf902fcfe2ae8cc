import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { converse, say, signUp } from '../../../../../../test/contract/chat-subject.js';
import { type RealChatSubject, realChatSubject } from '../../../../../../test/contract/real-chat-subject.js';
import { addReplies, openThread } from '../../../../../../test/support/threads.js';
import type { Sweep } from '../../../../common/application/ports/janitor.port.js';
import type { Database } from '../../../../common/infrastructure/database/database.js';
import { conversationDeletion, settingsChange } from '../../domain/models/conversation-change.model.js';
import { ConversationSweeps } from './conversation-sweeps.js';

/** Rows of a batch. */
const LIMIT = 2;

let subject: RealChatSubject;
const sweeps = new Map<string, Sweep>();
let owner: string;
let member: string;

const registerSweepsOf = (database: Database) =>
  new ConversationSweeps(database, {
    registerSweeps: (...registered) => registered.forEach((sweep) => sweeps.set(sweep.name, sweep)),
  });

beforeAll(async () => {
  subject = await realChatSubject();
  registerSweepsOf(subject.database);
  [owner, member] = [await signUp(subject), await signUp(subject)];
});
beforeEach(async () => {
  await subject.postgres.query('truncate conversations cascade');
});
afterAll(() => subject.close());

/** Returns the number of rows of each batch, up to the first that is not full. */
async function run(name: string): Promise<number[]> {
  const rows: number[] = [];
  for (let batch = 0; batch < 10; batch += 1) {
    rows.push((await sweeps.get(name)?.batch(LIMIT)) ?? Number.NaN);
    if (rows.at(-1) !== LIMIT) break;
  }
  return rows;
}
const runAll = async () => {
  const counts: Record<string, readonly number[]> = {};
  for (const name of sweeps.keys()) counts[name] = await run(name);
  return counts;
};
const counts = async (id: string) => {
  const [row] = await subject.postgres.query<Record<string, number>>(
    `select (select count(*)::int from messages where conversation_id = $1) as messages,
      (select count(*)::int from message_mentions where conversation_id = $1) as mentions,
      (select count(*)::int from message_pins where conversation_id = $1) as pins,
      (select count(*)::int from conversation_changes where conversation_id = $1) as changes,
      (select count(*)::int from conversation_members where conversation_id = $1) as members,
      (select count(*)::int from read_marks where conversation_id = $1) as marks,
      (select count(*)::int from conversation_bans where conversation_id = $1) as bans`,
    [id],
  );
  return row;
};

async function newConversation(count: number): Promise<string> {
  const id = await converse(subject, owner, member);
  await subject.change.change(id, owner, () => [settingsChange({ title: 'Title', metadata: { a: 1 } })]);
  await say(subject, id, owner, count);
  await subject.postgres.query(
    `insert into message_mentions (conversation_id, user_id, seq, created_at)
     select conversation_id, $2, seq, created_at from messages where conversation_id = $1`,
    [id, member],
  );
  await subject.postgres.query(
    'insert into message_pins (conversation_id, seq, pinned_at) select conversation_id, seq, now() from messages where conversation_id = $1',
    [id],
  );
  await subject.memberships.markRead(id, member, count);
  await subject.postgres.query(
    'insert into conversation_bans (conversation_id, user_id, banned_by) values ($1, $2, $2)',
    [id, owner],
  );
  return id;
}
const remove = (id: string) =>
  subject.change.change(id, owner, () => [conversationDeletion([owner, member])]);

it('deletes everything of deleted conversations in bounded batches, and keeps the row', async () => {
  const [gone, also, stays] = [await newConversation(3), await newConversation(2), await newConversation(3)];
  const before = await counts(stays);
  for (const id of [gone, also]) await remove(id);
  expect(await runAll()).toEqual({
    'conversations.threads': [0],
    'conversations.messages': [2, 2, 1],
    'conversations.mentions': [2, 2, 1],
    'conversations.changes': [2, 2, 0],
    'conversations.pins': [2, 2, 1],
    'conversations.bans': [2, 0],
    'bans.expired': [0],
    'invites.expired': [0],
    'conversations.purged': [2, 0],
  });
  for (const id of [gone, also])
    expect(await counts(id)).toEqual({
      messages: 0,
      mentions: 0,
      pins: 0,
      changes: 0,
      members: 0,
      marks: 0,
      bans: 0,
    });
  expect(await counts(stays)).toEqual(before);
  const rows = await subject.postgres.query(
    `select id, title, metadata, member_count, deleted_at is not null as deleted, purged_at is not null as purged
     from conversations order by id`,
  );
  const purged = { title: null, metadata: null, member_count: 0, deleted: true, purged: true };
  expect(rows).toEqual([
    { id: gone, ...purged },
    { id: also, ...purged },
    { id: stays, title: 'Title', metadata: { a: 1 }, member_count: 2, deleted: false, purged: false },
  ]);
  expect(await runAll()).toEqual({
    'conversations.threads': [0],
    'conversations.messages': [0],
    'conversations.mentions': [0],
    'conversations.changes': [0],
    'conversations.pins': [0],
    'conversations.bans': [0],
    'bans.expired': [0],
    'invites.expired': [0],
    'conversations.purged': [0],
  });
});

it('deletes the threads of deleted conversations with them, and no others', async () => {
  const [gone, stays] = [await newConversation(1), await newConversation(1)];
  const threads: string[] = [];
  for (const [parent, count] of [
    [gone, 3],
    [stays, 1],
  ] as const)
    for (let rootSeq = 1; rootSeq <= count; rootSeq += 1)
      threads.push(await openThread(subject, parent, rootSeq, owner));
  for (const id of threads) await addReplies(subject, id, owner, 1);
  await remove(gone);
  expect(await run('conversations.purged')).toEqual([0]);
  expect(await runAll()).toMatchObject({
    'conversations.threads': [2, 1],
    'conversations.messages': [2, 2, 0],
    'conversations.purged': [2, 2, 0],
  });
  const rows = await subject.postgres.query(
    `select c.id, c.purged_at is not null as purged, (select count(*)::int from messages where conversation_id = c.id) as messages
     from conversations c order by c.created_at`,
  );
  const purged = { purged: true, messages: 0 };
  const whole = { purged: false, messages: 1 };
  expect(rows).toEqual([
    { id: gone, ...purged },
    { id: stays, ...whole },
    ...threads.map((id, index) => ({ id, ...(index < 3 ? purged : whole) })),
  ]);
});

it('counts a conversation as purged only when nothing is left of it', async () => {
  const id = await newConversation(1);
  await remove(id);
  expect(await run('conversations.purged')).toEqual([0]);
  await run('conversations.messages');
  expect(await run('conversations.purged')).toEqual([0]);
  await run('conversations.mentions');
  expect(await run('conversations.purged')).toEqual([0]);
  await run('conversations.pins');
  expect(await run('conversations.purged')).toEqual([0]);
  await run('conversations.changes');
  expect(await run('conversations.purged')).toEqual([0]);
  await run('conversations.bans');
  expect(await run('conversations.purged')).toEqual([1]);
});

it('deletes expired bans, and no others', async () => {
  const id = await newConversation(0);
  const [expired, later] = [await signUp(subject), await signUp(subject)];
  await subject.postgres.query(
    `insert into conversation_bans (conversation_id, user_id, banned_by, until)
     values ($1, $2, $4, now() - interval '1 second'), ($1, $3, $4, now() + interval '1 hour')`,
    [id, expired, later, owner],
  );
  expect(await run('bans.expired')).toEqual([1]);
  expect(await counts(id)).toMatchObject({ bans: 2 });
});
