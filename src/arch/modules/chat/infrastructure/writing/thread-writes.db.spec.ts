import { setImmediate } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  addMember,
  converse,
  openThread,
  say,
  signUp,
} from '../../../../../../test/contract/chat-subject.js';
import { type RealChatSubject, realChatSubject } from '../../../../../../test/contract/real-chat-subject.js';
import { ChatPublisherFake } from '../../../../../../test/fakes/chat-publisher.fake.js';
import { MessageQuotaFake } from '../../../../../../test/fakes/message-quota.fake.js';
import { Database } from '../../../../common/infrastructure/database/database.js';
import { SendMessageCommand, SendMessageHandler } from '../../application/commands/send-message.command.js';
import { memberRemoval } from '../../domain/models/conversation-change.model.js';
import { ConversationChangeAdapter } from '../adapters/conversation-change.adapter.js';
import { MessageChangeAdapter } from '../adapters/message-change.adapter.js';
import { MessageRepositoryAdapter } from '../adapters/message-repository.adapter.js';
import { ConversationListReader } from '../statements/conversation-list.reader.js';
import { ConversationWriter } from './conversation-writer.js';

const WAITING = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
/** Every `rev` that a message or a change of the conversation $1 has now. */
const REVS = `
select rev::int from messages where conversation_id = $1
union all select rev::int from conversation_changes where conversation_id = $1 order by rev`;

let subject: RealChatSubject;
let owner: string;
let member: string;
let parentId: string;
let threadId: string;
let elsewhere: Client;

beforeAll(async () => {
  subject = await realChatSubject();
  [owner, member] = [await signUp(subject), await signUp(subject)];
  elsewhere = new Client(subject.postgres.connection);
  await elsewhere.connect();
});
beforeEach(async () => {
  parentId = await converse(subject, owner, member);
  await say(subject, parentId, owner, 2);
  threadId = await openThread(subject, parentId, 1, owner);
});
afterAll(async () => {
  await elsewhere.end();
  await subject.close();
});

interface Node {
  readonly database: Database;
  readonly live: ChatPublisherFake;
  readonly messages: MessageRepositoryAdapter;
  readonly changes: MessageChangeAdapter;
  readonly change: ConversationChangeAdapter;
  send(conversationId: string, content?: string, senderId?: string): Promise<unknown>;
}

/** A node that has not written to any thread yet. */
function start(): Node {
  const database = new Database(subject.postgres.connection, 4);
  const live = new ChatPublisherFake();
  const writer = new ConversationWriter(database, live);
  const messages = new MessageRepositoryAdapter(database, writer);
  const quota = new MessageQuotaFake();
  const handler = new SendMessageHandler(subject.conversations, subject.members, messages, live, quota);
  return {
    database,
    live,
    messages,
    changes: new MessageChangeAdapter(database, writer, live),
    change: new ConversationChangeAdapter(database, new ConversationListReader(database), writer, live),
    send: (conversationId, content = 'Hello!', senderId = owner) =>
      handler.execute(new SendMessageCommand(conversationId, senderId, content)),
  };
}

/** Runs `work` on so many nodes. */
async function onNodes<T>(count: number, work: (...nodes: Node[]) => Promise<T>): Promise<T> {
  const nodes = Array.from({ length: count }, start);
  try {
    return await work(...nodes);
  } finally {
    for (const { database } of nodes) await database.onApplicationShutdown();
  }
}

const waitingForLock = () =>
  vi.waitUntil(async () => (await subject.postgres.query(WAITING)).length > 0, { interval: 5 });
/** Of events of one conversation, in the order in which they were published. */
const revsOf = ({ live }: Node, conversationId: string) =>
  live.published.flatMap((event) =>
    'rev' in event && event.conversationId === conversationId ? [event.rev] : [],
  );
const outcome = (work: Promise<unknown>) =>
  work.then(
    () => 'stored',
    (error) => error.code ?? error,
  );

it('messages of the parent and of its threads share a commit, and are published in the order of each', () =>
  onNodes(1, async (node) => {
    const other = await openThread(subject, parentId, 2, owner);
    await node.send(threadId, 'so that its parent is known');
    await node.send(other);
    node.live.published.length = 0;
    const order = [threadId, parentId, other, parentId, other, threadId, parentId];
    await elsewhere.query('begin');
    await elsewhere.query('select from conversations where id = $1 for no key update', [parentId]);
    const first = node.send(parentId, 'behind which the others wait');
    await waitingForLock();
    const others: Promise<unknown>[] = [];
    for (const id of order) {
      others.push(node.send(id));
      await setImmediate();
    }
    await elsewhere.query('commit');
    await Promise.all([first, ...others]);
    const stored = await subject.postgres.query(
      `select distinct xmin::text from messages where conversation_id = any ($1) and created_at = (
         select max(created_at) from messages m where m.conversation_id = messages.conversation_id
       )`,
      [[parentId, threadId, other]],
    );
    expect(stored).toHaveLength(1);
    const revs = revsOf(node, parentId);
    expect(revs).toEqual([0, 1, 2, 3, 4, 5].map((step) => (revs[0] ?? 0) + step));
    expect(
      node.live.published.flatMap((event) => (event.kind === 'message_updated' ? event.message.thread : [])),
    ).toEqual([
      expect.objectContaining({ id: other, replyCount: 3 }),
      expect.objectContaining({ id: threadId, replyCount: 3 }),
    ]);
    expect(revsOf(node, threadId)).toEqual([2, 3]);
  }));

it("a caller's replies keep their order, though the parent is looked up for the first", () =>
  onNodes(1, async (node) => {
    const texts = Array.from({ length: 40 }, (_, index) => `${index}`);
    await Promise.all(
      texts.map(async (content, index) => {
        // Some come while the parent is looked up, and some afterwards.
        for (let turn = 0; turn < index; turn += 1) await Promise.resolve();
        return node.messages.create({ conversationId: threadId, senderId: owner, content });
      }),
    );
    const replies = (await subject.messages.findRange(threadId, 1, 40)).data;
    expect(replies.map(({ content }) => content).toReversed()).toEqual(texts);
  }));

it('writes in a thread and in its parent wait for each other, on the node and elsewhere', async () => {
  await elsewhere.query('begin');
  await elsewhere.query('select from conversations where id = $1 for no key update', [parentId]);
  const sent = subject.messages.create({ conversationId: threadId, senderId: owner, content: 'waits' });
  await waitingForLock();
  // The thread is free: whoever has the parent's lock takes the thread's without a deadlock.
  await elsewhere.query('select from conversations where id = $1 for no key update nowait', [threadId]);
  await elsewhere.query('commit');
  expect((await sent).message.seq).toBe(1);
});

it('a parent is locked before a thread, though the id of the thread is lower', async () => {
  const low = `00000000-${parentId.slice(9, 14)}8${parentId.slice(15)}`;
  await subject.postgres.query(
    `insert into conversations (id, type, created_by, parent_id, root_seq, member_count) values ($1, 'thread', $2, $3, 2, 0)`,
    [low, owner, parentId],
  );
  for (const write of [
    () => subject.messages.create({ conversationId: low, senderId: owner, content: 'Hello!' }),
    async () => {
      const [reply] = (await subject.messages.findRange(low, 1, 1)).data;
      return subject.messageChange.change(low, owner, reply?.id ?? '', () => ({ kind: 'pinned' }));
    },
  ]) {
    await elsewhere.query('begin');
    await elsewhere.query('select from conversations where id = $1 for no key update', [parentId]);
    const written = write();
    await waitingForLock();
    await elsewhere.query('select from conversations where id = $1 for no key update nowait', [low]);
    await elsewhere.query('commit');
    expect(await outcome(written)).toBe('stored');
  }
});

describe('what is changed under the lock of the parent while a write in the thread waits for it', () => {
  const remove = 'delete from conversation_members where conversation_id = $1 and user_id = $2';
  const hide =
    'update conversation_members set visible_from_seq = 2 where conversation_id = $1 and user_id = $2';
  const restrict = `with parent as (update conversations set posting = 'admins' where id = $1) select $2::uuid`;
  const write = {
    reply: () => subject.messages.create({ conversationId: threadId, senderId: member, content: 'late' }),
    pin: async () => {
      const [reply] = (await subject.messages.findRange(threadId, 1, 1)).data;
      return subject.messageChange.change(threadId, member, reply?.id ?? '', ({ actorRole }) => {
        if (actorRole !== 'member') throw Object.assign(new Error('left'), { code: 'LEFT' });
        return { kind: 'pinned' };
      });
    },
  };

  it.each([
    ['a removal', 'reply', remove, 'NOT_CONVERSATION_MEMBER'],
    ['hiding the root', 'reply', hide, 'CONVERSATION_NOT_FOUND'],
    ['a restriction', 'reply', restrict, 'POSTING_RESTRICTED'],
    ['a removal', 'pin', remove, 'LEFT'],
    ['hiding the root', 'pin', hide, 'CONVERSATION_NOT_FOUND'],
  ] as const)('%s holds for a %s', async (_, kind, change, code) => {
    await say(subject, threadId, member, 1);
    await elsewhere.query('begin');
    await elsewhere.query('select from conversations where id = $1 for no key update', [parentId]);
    const late = outcome(write[kind]());
    await waitingForLock();
    await elsewhere.query(change, [parentId, member]);
    await elsewhere.query('commit');
    expect(await late).toBe(code);
    expect((await subject.conversations.findById(threadId))?.lastSeq).toBe(1);
  });
});

it('on two nodes, replies, messages, edits, removals and additions leave no number out', () =>
  onNodes(2, async (...nodes) => {
    const threads = [threadId, await openThread(subject, parentId, 2, owner)];
    const rounds = 15;
    const [root] = (await subject.messages.findRange(parentId, 1, 1)).data;
    const work = nodes.flatMap((node, place) => [
      ...threads.map((id) => async () => {
        for (let round = 0; round < rounds; round += 1)
          await Promise.all([node.send(id), node.send(parentId), node.send(id)]);
      }),
      async () => {
        for (let round = 0; round < rounds; round += 1)
          await node.changes.change(parentId, owner, root?.id ?? '', () => ({
            kind: 'edited',
            content: `${place} ${round}`,
            keepsEarlier: false,
          }));
      },
      async () => {
        for (let round = 0; round < rounds; round += 1) {
          const somebody = await signUp(subject);
          await addMember({ ...subject, change: node.change }, parentId, owner, somebody);
          await node.send(threadId, 'for a while', somebody);
          await node.change.change(parentId, owner, () => [memberRemoval(somebody, 'removed', null)], [
            somebody,
          ]);
        }
      },
    ]);
    await Promise.all(work.map((each) => each()));
    for (const id of [parentId, ...threads]) {
      const { lastSeq, rev } = (await subject.conversations.findById(id)) ?? {};
      const revs = (await subject.postgres.query<{ rev: number }>(REVS, [id])).map((row) => row.rev);
      expect(new Set(revs).size).toBe(revs.length);
      expect(revs.at(-1)).toBe(rev);
      const messages = await subject.postgres.query<{ seq: number }>(
        'select seq::int from messages where conversation_id = $1 order by seq',
        [id],
      );
      expect(messages.map(({ seq }) => seq)).toEqual(
        Array.from({ length: lastSeq ?? 0 }, (_, index) => index + 1),
      );
      if (id === parentId) continue;
      expect(rev).toBe(lastSeq);
      const [stored] = await subject.postgres.query<{ count: number }>(
        `select (message_details(m, 1)->'thread'->>'replyCount')::int as count from messages m where thread_id = $1`,
        [id],
      );
      expect(stored?.count).toBe(lastSeq);
    }
    // Every number of the parent was published once, on one of the nodes, and on each in their order.
    for (const node of nodes) {
      const revs = revsOf(node, parentId);
      expect(revs).toEqual(revs.toSorted((a, b) => a - b));
    }
    const all = nodes.flatMap((node) => revsOf(node, parentId)).toSorted((a, b) => a - b);
    const { rev = 0 } = (await subject.conversations.findById(parentId)) ?? {};
    expect(all).toEqual(Array.from({ length: all.length }, (_, index) => rev - all.length + 1 + index));
    expect(all.length).toBeGreaterThan(rounds * 2 * 4);
  }));
