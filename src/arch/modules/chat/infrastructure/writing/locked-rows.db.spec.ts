import { Logger } from '@nestjs/common';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { addMember, converse, signUp } from '../../../../../../test/contract/chat-subject.js';
import { type RealChatSubject, realChatSubject } from '../../../../../../test/contract/real-chat-subject.js';
import { ChatPublisherFake } from '../../../../../../test/fakes/chat-publisher.fake.js';
import { countStatements } from '../../../../../../test/support/count-statements.js';
import { UnavailableError } from '../../../../common/domain/errors/unavailable.error.js';
import { Database } from '../../../../common/infrastructure/database/database.js';
import { ConversationWriter } from './conversation-writer.js';
import { LockedWrites } from './locked-writes.js';
import { MessageRepositoryAdapter } from '../adapters/message-repository.adapter.js';
import type { Pending } from './pending-write.js';
import { WriteQueue } from './write-queue.js';

/**
 * Maximum checks a second for locked rows while writes are held: one for each batch that has failed on a lock, and one
 * each 100 ms. On a busy machine each check takes longer.
 */
const LOOKS_A_SECOND = 10;

let subject: RealChatSubject;
let elsewhere: Client;
let owner: string;
let locked: string[];
let free: string[];

beforeAll(async () => {
  subject = await realChatSubject();
});
beforeEach(async () => {
  owner = await signUp(subject);
  elsewhere = new Client(subject.postgres.connection);
  await elsewhere.connect();
  [locked, free] = [await rooms(3), await rooms(12)];
});
afterEach(() => {
  vi.useRealTimers();
  return elsewhere.end();
});
afterAll(() => subject.close());

const rooms = (count: number) => Promise.all(Array.from({ length: count }, () => converse(subject, owner)));
const lock = (ids: readonly string[], table = 'conversations') =>
  elsewhere
    .query('begin')
    .then(() => elsewhere.query(`select from ${table} where id = any ($1) for update`, [ids]));
const send = (conversationId: string, content = 'Hello!', senderId = owner) =>
  subject.messages.create({ conversationId, senderId, content });
const looksIn = (statements: readonly string[]) =>
  statements.filter((text) => text.includes('skip locked')).length;
/** Number of checks until all of the work is done. */
const looksDuring = async (work: () => Promise<unknown>) => {
  const { statements } = await countStatements(subject.postgres, work);
  return looksIn(statements);
};

describe('a conversation whose row another transaction keeps locked', () => {
  it('delays others once and not while it is locked, also those that share a batch with it', async () => {
    await lock(locked);
    const behind = locked.map((id) => send(id));
    const looks = await looksDuring(async () => {
      const others = free.map((id) => send(id));
      // One more turn, and one more batch, for each of the locked ones.
      for (const id of [...locked, ...free]) {
        (locked.includes(id) ? behind : others).push(send(id));
        await new Promise(setImmediate);
      }
      await Promise.all(others);
    });
    expect(looks).toBeLessThanOrEqual(LOOKS_A_SECOND);
    await elsewhere.query('commit');
    const seqs = (await Promise.all(behind)).map(({ message }) => message.seq);
    expect(seqs).toEqual([1, 1, 1, 2, 2, 2]);
  });

  it('keeps the order of what is sent to it', async () => {
    const [room = ''] = locked;
    await lock([room]);
    const sends = [];
    for (let number = 1; number <= 300; number += 1) {
      sends.push(send(room, String(number)));
      if (number % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await elsewhere.query('commit');
    const stored = (await Promise.all(sends)).map(({ message }) => [message.content, message.seq]);
    expect(stored).toEqual(Array.from({ length: 300 }, (_, index) => [String(index + 1), index + 1]));
  });

  it('takes up no writer: a member is added elsewhere while one waits for it', async () => {
    const newcomer = await signUp(subject);
    await lock(locked);
    const behind = locked.map((id) => addMember(subject, id, owner, newcomer));
    for (const id of free) {
      const looks = await looksDuring(() => addMember(subject, id, owner, newcomer));
      expect(looks).toBeLessThanOrEqual(LOOKS_A_SECOND);
    }
    await elsewhere.query('commit');
    await Promise.all(behind);
    const heads = await Promise.all(locked.map((id) => subject.conversations.findById(id)));
    expect(heads.map((head) => head?.rev)).toEqual([1, 1, 1]);
  });

  it('gets UNAVAILABLE when it waits for too long, with the writes behind it; the next does not', async () => {
    const [room = ''] = locked;
    await lock([room]);
    const warned = vi.spyOn(Logger.prototype, 'warn');
    const refusals: unknown[] = [];
    const queue = new WriteQueue<Pending>({
      waitingEach: 9,
      batch: 1,
      batchBytes: 9,
    });
    const queued = () => {
      queue.push({
        kind: 'work',
        lane: room,
        conversationId: room,
        bytes: 0,
        exclusive: true,
        holds: [],
        work: async () => undefined,
        recover: async () => undefined,
        resolve: () => undefined,
        reject: (error) => refusals.push(error),
      });
    };
    queued();
    queued();
    const refused = Promise.withResolvers<void>();
    new LockedWrites(
      subject.database,
      queue,
      async () => undefined,
      () => refusals.length > 0 && refused.resolve(),
      50,
    ).add(queue.take());
    await refused.promise;
    expect(refusals).toEqual([expect.any(UnavailableError), expect.any(UnavailableError)]);
    expect(warned.mock.calls).toEqual([
      [expect.stringContaining(`Another transaction keeps conversation ${room} locked`)],
    ]);
    warned.mockRestore();
    queued();
    expect(queue.take()).toHaveLength(1);
  });

  it('gets UNAVAILABLE after as long when it was tried meanwhile without success', async () => {
    const [room = ''] = locked;
    await lock([room]);
    const outcome = Promise.withResolvers<unknown>();
    const queue = new WriteQueue<Pending>({ waitingEach: 9, batch: 1, batchBytes: 9 });
    queue.push({
      kind: 'work',
      lane: room,
      conversationId: room,
      bytes: 0,
      exclusive: true,
      holds: [],
      work: async () => undefined,
      recover: async () => undefined,
      resolve: () => undefined,
      reject: outcome.resolve,
    });
    vi.useFakeTimers({ toFake: ['performance'] });
    let tries = 0;
    const tryInVain = async (group: readonly Pending[]): Promise<void> => {
      tries += 1;
      if (tries > 1) outcome.resolve('tried again');
      vi.advanceTimersByTime(51);
      writes.add(group);
    };
    const writes = new LockedWrites(subject.database, queue, tryInVain, () => undefined, 50);
    writes.add(queue.take());
    expect(await outcome.promise).toBeInstanceOf(UnavailableError);
    expect(tries).toBe(1);
  });
});

it('a conversation that others write to all the time, so that it is never found free, has its turn', async () => {
  const [room = ''] = free;
  const sent = new AbortController();
  // In line behind the others, each of these waits longer than a batch does.
  const others = Array.from({ length: 3 }, async () => {
    const client = new Client(subject.postgres.connection);
    await client.connect();
    for (let times = 0; times < 100 && !sent.signal.aborted; times += 1) {
      await client.query(
        `begin; select from conversations where id = '${room}' for no key update; select pg_sleep(0.15); commit`,
      );
    }
    await client.end();
  });
  const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  await expect.poll(async () => (await subject.postgres.query(waiting)).length).toBe(2);
  const outcome = await send(room).catch((error: unknown) => error);
  sent.abort();
  await Promise.all(others);
  expect(outcome).toMatchObject({ message: { seq: 1 } });
});

it('an account whose row another transaction keeps locked delays no other sender in other conversations', async () => {
  const stranger = await signUp(subject);
  const strangers = await Promise.all(locked.map(() => converse(subject, stranger)));
  await lock([stranger], 'users');
  const behind = strangers.map((id) => send(id, 'Hello!', stranger));
  const looks = await looksDuring(() => Promise.all(free.map((id) => send(id))));
  expect(looks).toBeLessThanOrEqual(LOOKS_A_SECOND);
  await elsewhere.query('commit');
  expect((await Promise.all(behind)).map(({ message }) => message.seq)).toEqual([1, 1, 1]);
});

it('an account whose row another transaction keeps locked occupies no writer: a member is added when it is free', async () => {
  const newcomer = await signUp(subject);
  await lock([newcomer], 'users');
  const [room = ''] = locked;
  const { statements } = await countStatements(subject.postgres, async (sent) => {
    const added = addMember(subject, room, owner, newcomer);
    await vi.waitUntil(() => looksIn(sent()) === 6, { interval: 5, timeout: 10_000 });
    await elsewhere.query('commit');
    expect(await added).toMatchObject({ userId: newcomer });
  });
  // Once without success, once when it was free, and once more before its settings and blocks are read.
  expect(statements.filter((text) => text.endsWith('for share'))).toHaveLength(3);
});

it.each([
  [2, 0],
  [4, 1],
])(
  'of %i connections, a third for messages, one waits longer unless it is the only one',
  async (size, longer) => {
    const database = new Database(subject.postgres.connection, size);
    const messages = new MessageRepositoryAdapter(
      database,
      new ConversationWriter(database, new ChatPublisherFake()),
    );
    const [room = ''] = locked;
    await lock([room]);
    const { statements } = await countStatements(subject.postgres, async (sent) => {
      const behind = messages.create({ conversationId: room, senderId: owner, content: 'Hello!' });
      await vi.waitUntil(() => looksIn(sent()) === 12, { interval: 5, timeout: 10_000 });
      await elsewhere.query('commit');
      expect(await behind).toMatchObject({ message: { seq: 1 } });
    });
    expect(statements.filter((text) => text === 'set local lock_timeout = 1000')).toHaveLength(longer);
    await database.onApplicationShutdown();
  },
);
