import { Client } from 'pg';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { addMember, converse, signUp } from '../../../../../../test/contract/chat-subject.js';
import { type RealChatSubject, realChatSubject } from '../../../../../../test/contract/real-chat-subject.js';
import { ChatPublisherFake } from '../../../../../../test/fakes/chat-publisher.fake.js';
import { DatabaseProxy } from '../../../../../../test/support/database-proxy.js';
import { UnavailableError } from '../../../../common/domain/errors/unavailable.error.js';
import { Database } from '../../../../common/infrastructure/database/database.js';
import { ConversationListReader } from '../statements/conversation-list.reader.js';
import { ConversationChangeAdapter } from '../adapters/conversation-change.adapter.js';
import { ConversationWriter } from './conversation-writer.js';
import { InterruptedWrites } from './interrupted-writes.js';
import { MessageRepositoryAdapter } from '../adapters/message-repository.adapter.js';
import type { Pending } from './pending-write.js';
import { WriteQueue } from './write-queue.js';

const WAITING = `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
/** Makes the commit of a new member wait for an advisory lock, however long. */
const SLOW_COMMIT = `
create function wait_at_commit() returns trigger language plpgsql set lock_timeout = 0 as
  $$ begin perform pg_advisory_xact_lock(1); return null; end $$;
create constraint trigger slow_commit after insert on conversation_members
  deferrable initially deferred for each row execute function wait_at_commit();`;

let subject: RealChatSubject;
let proxy: DatabaseProxy;
let database: Database;
let elsewhere: Client;
let live: ChatPublisherFake;
let messages: MessageRepositoryAdapter;
let change: ConversationChangeAdapter;
let owner: string;

beforeEach(async () => {
  subject = await realChatSubject();
  proxy = await DatabaseProxy.open(subject.postgres);
  database = new Database(proxy.connection, 4);
  elsewhere = new Client(subject.postgres.connection);
  await elsewhere.connect();
  live = new ChatPublisherFake();
  const writer = new ConversationWriter(database, live);
  messages = new MessageRepositoryAdapter(database, writer);
  const list = new ConversationListReader(database);
  change = new ConversationChangeAdapter(database, list, writer, live);
  owner = await signUp(subject);
});
afterEach(async () => {
  await elsewhere.end();
  if (!database.isClosed) await database.onApplicationShutdown();
  await proxy.close();
  await subject.close();
});

const send = (conversationId: string, content: string) =>
  messages.create({ conversationId, senderId: owner, content });
const failure = (work: Promise<unknown>) => work.catch((error: unknown) => error);
const someoneWaits = () =>
  vi.waitUntil(async () => (await subject.postgres.query<{ pid: number }>(WAITING))[0], {
    interval: 5,
    timeout: 5_000,
  });

it('a commit that continues after its connection was lost is waited for: the event of the member is emitted', async () => {
  const conversationId = await converse(subject, owner);
  const newcomer = await signUp(subject);
  await subject.postgres.query(SLOW_COMMIT);
  await elsewhere.query('select pg_advisory_lock(1)');
  const added = failure(addMember({ ...subject, change }, conversationId, owner, newcomer));
  await someoneWaits();
  proxy.cutNow();
  expect(await added).toBeInstanceOf(UnavailableError);
  const next = send(conversationId, 'next');
  // A session waits for the lock on the conversation, besides the one that commits.
  await vi.waitUntil(async () => (await subject.postgres.query(WAITING)).length === 2, {
    interval: 5,
    timeout: 5_000,
  });
  await elsewhere.query('select pg_advisory_unlock(1)');
  expect(await next).toMatchObject({ message: { rev: 2 } });
  expect(live.published).toMatchObject([
    { kind: 'member_added', conversationId, rev: 1, member: { userId: newcomer } },
    { kind: 'conversation_added', userId: newcomer },
  ]);
});

it('a conversation that stays locked does not delay others that shared a batch with it', async () => {
  const [locked, free] = [await converse(subject, owner), await converse(subject, owner)];
  await elsewhere.query('begin');
  await elsewhere.query('select from conversations where id = $1 for no key update', [locked]);
  const batch = Promise.all([locked, free].map((id) => failure(send(id, 'together'))));
  const { pid } = await someoneWaits();
  await subject.postgres.query('select pg_cancel_backend($1)', [pid]);
  for (const outcome of await batch) expect(outcome).toBeInstanceOf(UnavailableError);
  expect(await send(free, 'next')).toMatchObject({ message: { seq: 1 } });
  const later = send(locked, 'later');
  await elsewhere.query('commit');
  expect(await later).toMatchObject({ message: { seq: 1 } });
});

it('a write behind a message of unknown outcome is refused when the node stops', async () => {
  const conversationId = await converse(subject, owner);
  await elsewhere.query('begin');
  await elsewhere.query('select from conversations where id = $1 for no key update', [conversationId]);
  const first = failure(send(conversationId, 'first'));
  await someoneWaits();
  proxy.cutNow();
  expect(await first).toBeInstanceOf(UnavailableError);
  const behind = failure(send(conversationId, 'behind'));
  const closed = database.onApplicationShutdown();
  await elsewhere.query('commit');
  await closed;
  expect(await behind).toBeInstanceOf(UnavailableError);
  expect(await failure(send(conversationId, 'late'))).toBeInstanceOf(UnavailableError);
});

it('a write that waits behind it for too long, because the conversation stays locked, gets UNAVAILABLE', async () => {
  const conversationId = await converse(subject, owner);
  await elsewhere.query('begin');
  await elsewhere.query('select from conversations where id = $1 for no key update', [conversationId]);
  const queue = new WriteQueue<Pending>({
    waitingEach: 2,
    batch: 1,
    batchBytes: 2,
  });
  const refused = Promise.withResolvers<unknown>();
  const recovered = Promise.withResolvers<void>();
  for (const reject of [() => undefined, refused.resolve]) {
    queue.push({
      kind: 'work',
      lane: conversationId,
      conversationId,
      bytes: 0,
      exclusive: true,
      holds: [],
      work: async () => undefined,
      recover: async () => recovered.resolve(),
      resolve: () => undefined,
      reject,
    });
  }
  new InterruptedWrites(database, live, queue, () => undefined, 9, 50).recover(queue.take());
  expect(await refused.promise).toBeInstanceOf(UnavailableError);
  await elsewhere.query('commit');
  await recovered.promise;
});
