import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  addMember,
  converse,
  openThread,
  say,
  signUp,
} from '../../../../../../test/contract/chat-subject.js';
import { type RealChatSubject, realChatSubject } from '../../../../../../test/contract/real-chat-subject.js';
import { ChatPublisherFake } from '../../../../../../test/fakes/chat-publisher.fake.js';
import { countStatements } from '../../../../../../test/support/count-statements.js';
import { DatabaseProxy } from '../../../../../../test/support/database-proxy.js';
import type { SentMessage } from '../../application/ports/message-repository.port.js';
import { UnavailableError } from '../../../../common/domain/errors/unavailable.error.js';
import { Database } from '../../../../common/infrastructure/database/database.js';
import { ConversationListReader } from '../statements/conversation-list.reader.js';
import { ConversationChangeAdapter } from '../adapters/conversation-change.adapter.js';
import { ConversationWriter } from './conversation-writer.js';
import { MessageRepositoryAdapter } from '../adapters/message-repository.adapter.js';

const WAITING = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
/** A connection that has executed a recovery lookup. */
const LOOKED = `select from pg_stat_activity where datname = current_database() and state = 'idle'
  and (query like '%skip locked%' or query like '%"messages"."id" = any%')`;
/** The statement with which nodes from before migration 0014 add a member. */
const OLD_ADDITION = `
with added as (insert into conversation_members (conversation_id, user_id) values ($1, $2))
update conversations set rev = rev + 1, members_rev = rev + 1, member_count = member_count + 1 where id = $1`;
const WAIT_FOR_LOCKS = `do $$ declare store regprocedure; begin
  for store in select oid from pg_proc where proname = 'store_messages_3' loop
    execute format('alter function %s set lock_timeout = 0', store);
  end loop;
end $$`;

let subject: RealChatSubject;
let proxy: DatabaseProxy;
let database: Database;
let live: ChatPublisherFake;
let messages: MessageRepositoryAdapter;
let change: ConversationChangeAdapter;
let owner: string;
let conversationId: string;
let newcomer: string;

beforeEach(async () => {
  subject = await realChatSubject();
  proxy = await DatabaseProxy.open(subject.postgres);
  database = new Database(proxy.connection, 4);
  live = new ChatPublisherFake();
  const writer = new ConversationWriter(database, live);
  messages = new MessageRepositoryAdapter(database, writer);
  const list = new ConversationListReader(database);
  change = new ConversationChangeAdapter(database, list, writer, live);
  owner = await signUp(subject);
  conversationId = await converse(subject, owner);
});
afterEach(async () => {
  await database.onApplicationShutdown();
  await proxy.close();
  await subject.close();
});

const send = (content: string, clientMessageId?: string) =>
  messages.create({ conversationId, senderId: owner, content, clientMessageId });
const failure = (work: Promise<unknown>) => work.catch((error: unknown) => error);
/** The answer to a retry, once the outcome is known. */
const retried = (content: string) =>
  vi.waitUntil(
    async () => {
      const answer = await failure(send(content, 'retry'));
      return !(answer instanceof UnavailableError) && answer;
    },
    { interval: 5, timeout: 10_000 },
  );
const published = () =>
  live.published.map((one) => (one.kind === 'message_created' ? one.message.content : one.kind));
const head = () => subject.conversations.findById(conversationId);

/** Of a message its text, of a root what has become of it. */
const told = () =>
  live.published.map((event) => {
    if (event.kind === 'message_created') return event.message.content;
    return event.kind === 'message_updated'
      ? [event.change, event.rev, event.actorId, event.message.thread]
      : event;
  });

describe('when the answer to the commit is lost', () => {
  it('the sender gets UNAVAILABLE, clients receive the messages once the database answers, in order', async () => {
    await send('before');
    const cut = proxy.cutAt('store_messages_3', 'after');
    const outcomes = await Promise.all(
      ['one', 'two', 'three'].map((content) => failure(send(content, content))),
    );
    await cut;
    expect(outcomes.map((outcome) => outcome instanceof UnavailableError)).toEqual([true, true, true]);
    expect(published()).toEqual([]);
    proxy.reopen();
    await vi.waitUntil(() => live.published.length > 0, { interval: 5, timeout: 10_000 });
    expect(published()).toEqual(['one', 'two', 'three']);
    expect(await head()).toMatchObject({ lastSeq: 4, rev: 4 });
  });

  it('a retry is answered with the stored message, a duplicate, and later messages follow it', async () => {
    const cut = proxy.cutAt('store_messages_3', 'after');
    expect(await failure(send('once', 'retry'))).toBeInstanceOf(UnavailableError);
    await cut;
    proxy.reopen();
    expect(await retried('once')).toMatchObject({ duplicate: true, message: { seq: 1, content: 'once' } });
    expect(published()).toEqual(['once']);
    expect(await send('next')).toMatchObject({ message: { seq: 2 } });
  });

  it('while the database stays unavailable writes behind it are refused too, and not stored', async () => {
    const cut = proxy.cutAt('store_messages_3', 'after');
    const first = failure(send('first'));
    await cut;
    const waiting = await Promise.all(['a', 'b'].map((content) => failure(send(content))));
    expect(await first).toBeInstanceOf(UnavailableError);
    expect(waiting.every((outcome) => outcome instanceof UnavailableError)).toBe(true);
    proxy.reopen();
    await vi.waitUntil(() => live.published.length > 0, { interval: 5, timeout: 10_000 });
    expect(published()).toEqual(['first']);
    expect(await head()).toMatchObject({ lastSeq: 1 });
  });

  it('writes behind it are not reported as unknown, though the answer to the lookup is lost too', async () => {
    const cut = proxy.cutAt('store_messages_3', 'after');
    expect(await failure(send('first'))).toMatchObject({ code: 'UNAVAILABLE', outcome: 'unknown' });
    await cut;
    const cutAgain = proxy.cutAt('skip locked', 'after');
    proxy.reopen();
    const behind = failure(send('behind it'));
    await cutAgain;
    expect(await behind).toMatchObject({ code: 'UNAVAILABLE', outcome: undefined });
  });

  it.each([
    ['25006', 'ERROR'],
    ['26000', 'ERROR'],
    ['40001', 'ERROR'],
    ['53100', 'ERROR'],
    ['25P03', 'FATAL'],
    ['57P03', 'FATAL'],
  ] as const)(
    'the look-up is repeated while the database reports %s, and everything that was stored is reported',
    async (state, severity) => {
      const cut = proxy.cutAt('store_messages_3', 'after');
      expect(await failure(send('stored'))).toBeInstanceOf(UnavailableError);
      await cut;
      proxy.answerWith({ state, severity });
      proxy.reopen();
      // Refused after a failed check.
      expect(await failure(send('behind it'))).toBeInstanceOf(UnavailableError);
      proxy.answerWith(null);
      await vi.waitUntil(() => live.published.length > 0, { interval: 5, timeout: 10_000 });
      expect(published()).toEqual(['stored']);
    },
  );

  it('a shutdown waits until stored messages have been emitted', async () => {
    const cut = proxy.cutAt('store_messages_3', 'after');
    expect(await failure(send('stored'))).toBeInstanceOf(UnavailableError);
    await cut;
    const drained = database.work.drainWork();
    proxy.reopen();
    await drained;
    expect(published()).toEqual(['stored']);
  });

  it('of adding a member: clients receive the event', async () => {
    newcomer = await signUp(subject);
    const cut = proxy.cutAtCommitOf('lock_conversation', 'after');
    const added = failure(addMember({ ...subject, change }, conversationId, owner, newcomer));
    await cut;
    expect(await added).toBeInstanceOf(UnavailableError);
    proxy.reopen();
    await vi.waitUntil(() => live.published.length > 1, { interval: 5, timeout: 10_000 });
    expect(live.published).toMatchObject([
      { kind: 'member_added', conversationId, rev: 1, member: { userId: newcomer } },
      { kind: 'conversation_added', userId: newcomer },
    ]);
  });
});

describe('when the answer to a batch with replies in a thread is lost', () => {
  let threadId: string;
  const reply = (content: string) => messages.create({ conversationId: threadId, senderId: owner, content });
  beforeEach(async () => {
    await say(subject, conversationId, owner, 1);
    threadId = await openThread(subject, conversationId, 1, owner);
    await reply('before');
    live.published.length = 0;
  });

  const lose = async () => {
    const cut = proxy.cutAt('store_rich_messages', 'after');
    const sent = [reply('one'), send('beside'), reply('two')];
    for (const lost of await Promise.all(sent.map(failure)))
      expect(lost).toMatchObject({ code: 'UNAVAILABLE', outcome: 'unknown' });
    await cut;
  };

  it('the root that they have moved is emitted after the messages of the parent', async () => {
    await lose();
    proxy.reopen();
    await vi.waitUntil(() => live.published.length > 3, { interval: 5, timeout: 10_000 });
    const thread = { id: threadId, replyCount: 3, lastReplyAt: expect.any(Date) };
    expect(told()).toEqual(['one', 'two', 'beside', ['thread', 5, owner, thread]]);
  });

  it('a root that somebody has changed since is not: whoever has changed it tells it', async () => {
    await lose();
    const [root] = (await subject.messages.findRange(conversationId, 1, 1)).data;
    await subject.messageChange.change(conversationId, owner, root?.id ?? '', () => ({ kind: 'pinned' }));
    proxy.reopen();
    expect(await retriedReply()).toMatchObject({ seq: 4 });
    expect(told()).toEqual(['one', 'two', 'beside']);
  });

  /** What is sent behind them is stored once their outcome is known. */
  const retriedReply = () =>
    vi.waitUntil(
      async () => {
        const answer = await failure(reply('later'));
        return answer instanceof UnavailableError ? false : (answer as SentMessage).message;
      },
      { interval: 5, timeout: 10_000 },
    );
});

describe('when the answer to a batch of many conversations is lost', () => {
  it('its outcome is looked up in two round trips, and all of it is emitted', async () => {
    const rooms = await Promise.all(Array.from({ length: 40 }, () => converse(subject, owner)));
    const cut = proxy.cutAt('store_messages_3', 'after');
    const { statements } = await countStatements(subject.postgres, async () => {
      const sends = rooms.map((id) =>
        failure(messages.create({ conversationId: id, senderId: owner, content: id })),
      );
      await cut;
      for (const outcome of await Promise.all(sends)) expect(outcome).toMatchObject({ outcome: 'unknown' });
      proxy.reopen();
      await vi.waitUntil(() => live.published.length === rooms.length, { interval: 5, timeout: 10_000 });
    });
    expect(published().toSorted()).toEqual(rooms.toSorted());
    expect(statements).toEqual([
      expect.stringContaining('store_messages'),
      expect.stringContaining('skip locked'),
      expect.stringContaining('"messages"."id" = any'),
    ]);
  });

  it('none is taken for lost while the statement may still wait for the lock on another one', async () => {
    const [first = '', second = ''] = [
      await converse(subject, owner),
      await converse(subject, owner),
    ].toSorted();
    await subject.postgres.query(WAIT_FOR_LOCKS);
    const elsewhere = new Client(subject.postgres.connection);
    await elsewhere.connect();
    await elsewhere.query('begin');
    await elsewhere.query('select from conversations where id = $1 for no key update', [first]);
    const sends = [first, second].map((id) =>
      failure(messages.create({ conversationId: id, senderId: owner, content: id })),
    );
    await vi.waitUntil(async () => (await subject.postgres.query(WAITING)).length > 0, { interval: 5 });
    proxy.cutNow();
    for (const outcome of await Promise.all(sends)) expect(outcome).toMatchObject({ outcome: 'unknown' });
    await vi.waitUntil(async () => (await subject.postgres.query(LOOKED)).length > 0, { interval: 5 });
    await elsewhere.end();
    await vi.waitUntil(async () => (await subject.postgres.query(WAITING)).length === 0, { interval: 5 });
    // Written once the outcome of those before is known.
    await Promise.all(
      [first, second].map((id) => messages.create({ conversationId: id, senderId: owner, content: 'next' })),
    );
    expect(published()).toEqual([first, second]);
  });
});

describe('when nothing was sent', () => {
  it('nothing is looked up: the conversation is free at once', async () => {
    await send('before');
    proxy.refuse();
    // Until then it may write to a lost connection without noticing.
    await expect
      .poll(() => failure(database.pingDatabase()))
      .toHaveProperty('cause', expect.objectContaining({ code: 'ECONNREFUSED' }));
    const { result, statements } = await countStatements(subject.postgres, async () => {
      const refused = await failure(send('never'));
      await proxy.listen();
      return { refused, next: await send('next') };
    });
    expect(result.refused).toBeInstanceOf(UnavailableError);
    expect(result.refused).toHaveProperty('outcome', undefined);
    expect(result.next).toMatchObject({ message: { seq: 2 } });
    expect(statements).toEqual([expect.stringContaining('store_messages')]);
  });
});

describe('when the answer to the check for locks is lost', () => {
  it('no write is reported as unknown: nothing of it is stored', async () => {
    const elsewhere = new Client(subject.postgres.connection);
    await elsewhere.connect();
    await elsewhere.query('begin');
    await elsewhere.query('select from conversations where id = $1 for no key update', [conversationId]);
    const cut = proxy.cutAt('skip locked', 'after');
    const outcomes = Promise.all(['waits', 'waits behind it'].map((content) => failure(send(content))));
    await cut;
    for (const outcome of await outcomes)
      expect(outcome).toMatchObject({ code: 'UNAVAILABLE', outcome: undefined });
    await elsewhere.end();
  });
});

describe('when the connection is lost before the database has received the statement', () => {
  it('the sender gets UNAVAILABLE, and nothing is stored or published', async () => {
    const cut = proxy.cutAt('store_messages_3', 'before');
    expect(await failure(send('never', 'retry'))).toBeInstanceOf(UnavailableError);
    await cut;
    proxy.reopen();
    expect(await retried('never')).toMatchObject({ duplicate: false, message: { seq: 1 } });
    expect(published()).toEqual([]);
  });

  it('no event is emitted for a member who was not added', async () => {
    newcomer = await signUp(subject);
    const cut = proxy.cutAtCommitOf('lock_conversation', 'before');
    const added = failure(addMember({ ...subject, change }, conversationId, owner, newcomer));
    await cut;
    expect(await added).toBeInstanceOf(UnavailableError);
    proxy.reopen();
    await vi.waitUntil(async () => !((await failure(send('next'))) instanceof UnavailableError), {
      interval: 5,
      timeout: 10_000,
    });
    expect(live.published).toEqual([]);
    expect(await head()).toMatchObject({ memberCount: 1 });
  });

  it.each([
    ['another node', () => addMember(subject, conversationId, owner, newcomer)],
    [
      'an older node, which keeps no log',
      () => subject.postgres.query(OLD_ADDITION, [conversationId, newcomer]),
    ],
  ])('nor when %s takes the same rev for the same member meanwhile', async (_, addElsewhere) => {
    newcomer = await signUp(subject);
    const cut = proxy.cutAtCommitOf('lock_conversation', 'before');
    const added = failure(addMember({ ...subject, change }, conversationId, owner, newcomer));
    await cut;
    expect(await added).toBeInstanceOf(UnavailableError);
    await addElsewhere();
    proxy.reopen();
    await vi.waitUntil(async () => !((await failure(send('next'))) instanceof UnavailableError), {
      interval: 5,
      timeout: 10_000,
    });
    expect(live.published).toEqual([]);
    expect(await head()).toMatchObject({ rev: 2, memberCount: 2 });
  });
});
