import { Client } from 'pg';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { converse, signUp } from '../../../../../../test/contract/chat-subject.js';
import { type RealChatSubject, realChatSubject } from '../../../../../../test/contract/real-chat-subject.js';
import { ChatPublisherFake } from '../../../../../../test/fakes/chat-publisher.fake.js';
import { UnavailableError } from '../../../../common/domain/errors/unavailable.error.js';
import { WAITS } from '../../../../common/infrastructure/database/lanes.js';
import { ConversationWriter } from './conversation-writer.js';
import { InterruptedWrites } from './interrupted-writes.js';
import { MessageRepositoryAdapter } from '../adapters/message-repository.adapter.js';
import type { Pending } from './pending-write.js';
import { WriteQueue } from './write-queue.js';

const LIMITS = { waitingEach: 9, batch: 9, batchBytes: 9_999 };
/** More than are looked up at once. */
const MANY = 20;
/** The conversation whose lock the first waiting session waits for. A check that skips locked rows has such a lock for a moment, too; and the table has the same number in other databases. */
const WAITED_FOR = `select c.id from conversations c join pg_locks l on l.locktype = 'tuple'
  and l.relation = 'conversations'::regclass and c.ctid = format('(%s,%s)', l.page, l.tuple)::tid
  join pg_stat_activity a on a.pid = l.pid and a.wait_event_type = 'Lock' and a.datname = current_database()`;
const WAITING = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;

let subject: RealChatSubject;
let owner: string;
let live: ChatPublisherFake;
let queue: WriteQueue<Pending>;
let clients: Client[];

beforeEach(async () => {
  subject = await realChatSubject();
  owner = await signUp(subject);
  live = new ChatPublisherFake();
  queue = new WriteQueue<Pending>(LIMITS);
  clients = [];
});
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(clients.map((client) => client.end()));
  await subject.close();
});

const converseOften = (count: number) =>
  Promise.all(Array.from({ length: count }, () => converse(subject, owner)));
const connect = async () => {
  const client = new Client(subject.postgres.connection);
  await client.connect();
  clients.push(client);
  return client;
};
/** A written batch whose answer was lost. */
const taken = (conversationId: string, id: string, reject: (error: unknown) => void = () => undefined) => {
  const draft = { id, conversationId, senderId: owner, content: id };
  queue.push({
    kind: 'message',
    lane: conversationId,
    bytes: 1,
    exclusive: false,
    draft,
    resolve: () => undefined,
    reject,
  });
  return queue.take();
};
const work = (conversationId: string, recover: () => Promise<unknown>) => {
  queue.push({
    kind: 'work',
    lane: conversationId,
    conversationId,
    bytes: 0,
    exclusive: true,
    holds: [],
    work: async () => undefined,
    recover,
    resolve: () => undefined,
    reject: () => undefined,
  });
  return queue.take();
};
const stored = async (conversationId: string) => {
  const { message } = await subject.messages.create({ conversationId, senderId: owner, content: 'stored' });
  return message.id;
};
const publishedIds = () =>
  live.published.flatMap((one) => (one.kind === 'message_created' ? one.message.id : []));
const interruptedWrites = (most = 999) =>
  new InterruptedWrites(subject.database, live, queue, () => undefined, most);

it('a batch with which every lookup fails affects no other: those are emitted, and it is looked up again', async () => {
  const [first = '', poisonous = '', last = ''] = await converseOften(3);
  const ids = [await stored(first), await stored(last)];
  const refused = Promise.withResolvers<unknown>();
  const batches = [taken(first, ids[0] ?? ''), taken(poisonous, 'no id'), taken(last, ids[1] ?? '')];
  queue.push({ ...(batches[1]?.[0] as Pending), reject: refused.resolve });
  const interrupted = interruptedWrites();
  for (const batch of batches) interrupted.recover(batch);
  await vi.waitUntil(() => live.published.length === 2, { interval: 5, timeout: 5_000 });
  expect(publishedIds().toSorted()).toEqual(ids.toSorted());
  // A write behind it is not kept waiting.
  expect(await refused.promise).toBeInstanceOf(UnavailableError);
});

it('a batch of which one conversation cannot be looked up: the others are emitted, once nothing of it is in flight', async () => {
  const rooms = await converseOften(2);
  const ids = await Promise.all(rooms.map(stored));
  const batch = [...rooms.flatMap((id, index) => taken(id, ids[index] ?? '')), ...taken('no id', 'nothing')];
  vi.useFakeTimers({ toFake: ['performance'] });
  interruptedWrites().recover(batch);
  vi.advanceTimersByTime(WAITS.messages.statement + 1);
  await vi.waitUntil(() => live.published.length === 2, { interval: 5, timeout: 5_000 });
  expect(publishedIds().toSorted()).toEqual(ids.toSorted());
});

it('everything is emitted although the database has refused the lookup for a while', async () => {
  const rooms = await converseOften(3);
  const ids = await Promise.all(rooms.map(stored));
  await subject.postgres.query('alter table messages rename to hidden');
  const refused = Promise.withResolvers<unknown>();
  const interrupted = interruptedWrites();
  const batches = rooms.map((id, index) => taken(id, ids[index] ?? ''));
  queue.push({ ...(batches[0]?.[0] as Pending), reject: refused.resolve });
  for (const batch of batches) interrupted.recover(batch);
  await refused.promise;
  await subject.postgres.query('alter table hidden rename to messages');
  await vi.waitUntil(() => live.published.length === 3, { interval: 5, timeout: 5_000 });
  expect(publishedIds().toSorted()).toEqual(ids.toSorted());
});

it('also changes other than messages whose first recovery has failed', async () => {
  const [room = ''] = await converseOften(1);
  let times = 0;
  const done = Promise.withResolvers<void>();
  const recover = async () => {
    times += 1;
    if (times < 3) throw new Error('Not yet.');
    done.resolve();
  };
  interruptedWrites().recover(work(room, recover));
  await done.promise;
  expect(times).toBe(3);
});

it('of more than are looked up at once the one that was waited for is looked up next', async () => {
  const rooms = await converseOften(MANY);
  const holder = await connect();
  await holder.query('begin');
  await holder.query('select from conversations where id = any ($1) for no key update', [rooms]);
  // Connected before, because the lock is waited for during a second only.
  const next = await connect();
  await next.query('begin');
  const recovered = new Set<string>();
  const interrupted = interruptedWrites();
  for (const id of rooms) interrupted.recover(work(id, async () => recovered.add(id)));

  const [waitedFor] = await vi.waitUntil(
    async () => {
      const rows = await subject.postgres.query<{ id: string }>(WAITED_FOR);
      return rows.length > 0 && rows.map(({ id }) => id);
    },
    { interval: 5, timeout: 5_000 },
  );
  // From now on every check finds it locked.
  const held = next.query('select from conversations where id = $1 for no key update', [waitedFor]);
  await vi.waitUntil(async () => (await subject.postgres.query(WAITING)).length === 2, {
    interval: 5,
    timeout: 5_000,
  });
  await holder.query('commit');
  await held;
  await expect.poll(() => recovered.size, { interval: 5, timeout: 5_000 }).toBe(MANY);
});

/** Locks a conversation in another session, until it commits. */
const lock = async (conversationId: string) => {
  const holder = await connect();
  await holder.query('begin');
  await holder.query('select from conversations where id = $1 for no key update', [conversationId]);
  return { free: () => holder.query('commit') };
};
const someoneWaits = () =>
  vi.waitUntil(async () => (await subject.postgres.query(WAITING)).length > 0, {
    interval: 5,
    timeout: 10_000,
  });

it('a conversation that was waited for once is waited for again when its next write is interrupted', async () => {
  const [room = ''] = await converseOften(1);
  const interrupted = interruptedWrites();
  for (let times = 0; times < 2; times += 1) {
    const recovered = Promise.withResolvers<void>();
    const log: string[] = [];
    const { free } = await lock(room);
    interrupted.recover(
      work(room, async () => {
        log.push('recovered');
        recovered.resolve();
      }),
    );
    await someoneWaits();
    log.push('freed');
    await free();
    await recovered.promise;
    expect(log).toEqual(['freed', 'recovered']);
  }
});

it('a server that drains waits for its lookups, and no longer', async () => {
  const [room = ''] = await converseOften(1);
  const { free } = await lock(room);
  interruptedWrites().recover(taken(room, await stored(await converse(subject, owner))));
  let isDrained = false;
  const drained = subject.database.work.drainWork().then(() => (isDrained = true));
  await someoneWaits();
  expect(isDrained).toBe(false);
  await free();
  await drained;
});

it('nothing is emitted that was read before another epoch began, and is not stored in it', async () => {
  const [first = '', room = ''] = await converseOften(2);
  const id = await stored(room);
  let times = 0;
  const beginEpoch = async () => {
    times += 1;
    if (times > 1) return;
    await subject.postgres.query('delete from messages where id = $1', [id]);
    await subject.postgres.query('select database_epoch((select epoch from database_epochs))');
    await subject.database.readEpoch();
  };
  interruptedWrites().recover([...work(first, beginEpoch), ...taken(room, id)]);
  await subject.database.work.drainWork();
  expect(times).toBeGreaterThan(0);
  expect(live.published).toEqual([]);
});

it('of as much as may be unknown nothing is forgotten: nothing else is begun until it is known', async () => {
  const [room = '', other = ''] = await converseOften(2);
  const interrupted = interruptedWrites(2);
  const holder = await connect();
  await holder.query('begin');
  await holder.query('select from conversations where id = any ($1) for no key update', [[room, other]]);
  interrupted.recover(taken(room, await stored(await converse(subject, owner))));
  expect(() => interrupted.requireRoom()).not.toThrow();
  interrupted.recover(taken(other, await stored(await converse(subject, owner))));
  expect(() => interrupted.requireRoom()).toThrow(UnavailableError);
  await holder.query('commit');
  await vi.waitUntil(() => queue.take().length === 0 && hasRoom(interrupted), {
    interval: 5,
    timeout: 5_000,
  });
});

const hasRoom = (interrupted: InterruptedWrites) => {
  try {
    interrupted.requireRoom();
    return true;
  } catch {
    return false;
  }
};

it('while as much is unknown as may be, a message to any other conversation is refused, and not sent', async () => {
  const writer = new ConversationWriter(subject.database, live, 0);
  const messages = new MessageRepositoryAdapter(subject.database, writer);
  const [room = ''] = await converseOften(1);
  const refused = await messages
    .create({ conversationId: room, senderId: owner, content: 'never' })
    .catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(UnavailableError);
  expect(refused).toHaveProperty('outcome', undefined);
  expect(await subject.conversations.findById(room)).toMatchObject({ lastSeq: 0 });
});
