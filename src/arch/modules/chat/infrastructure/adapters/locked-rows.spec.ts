import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { converse, signUp } from '../../../../../../test/contract/chat-subject.js';
import { type RealChatSubject, realChatSubject } from '../../../../../../test/contract/real-chat-subject.js';
import { UnavailableError } from '../../../../common/domain/errors/unavailable.error.js';
import { LockedWrites } from './locked-writes.js';
import type { Pending } from './pending-write.js';
import { WriteQueue } from './write-queue.js';

/** Milliseconds that others may be held up: a quarter of a second, on a machine that has more to do. */
const OTHERS_WAIT = 2_000;

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
afterEach(() => elsewhere.end());
afterAll(() => subject.close());

const rooms = (count: number) => Promise.all(Array.from({ length: count }, () => converse(subject, owner)));
const lock = (ids: readonly string[], table = 'conversations') =>
  elsewhere
    .query('begin')
    .then(() => elsewhere.query(`select from ${table} where id = any ($1) for update`, [ids]));
const send = (conversationId: string, content = 'Hello!', senderId = owner) =>
  subject.messages.create({ conversationId, senderId, content });
/** How long it takes, in milliseconds. */
const timed = async (work: Promise<unknown>) => {
  const start = performance.now();
  await work;
  return performance.now() - start;
};

describe('a conversation whose row somebody else keeps locked', () => {
  it('holds up others once and not for as long as it lasts, also those that share a batch with it', async () => {
    await lock(locked);
    const behind = locked.map((id) => send(id));
    // One more turn, and one more batch, for each of those that are locked.
    const together = free.map((id) => timed(send(id)));
    const afterwards = [];
    for (const id of [...locked, ...free]) {
      if (locked.includes(id)) behind.push(send(id));
      else afterwards.push(timed(send(id)));
      await new Promise(setImmediate);
    }
    for (const took of await Promise.all([...together, ...afterwards]))
      expect(took).toBeLessThan(OTHERS_WAIT);
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
    const behind = locked.map((id) => subject.members.addMember(id, owner, newcomer));
    for (const id of free) {
      expect(await timed(subject.members.addMember(id, owner, newcomer))).toBeLessThan(OTHERS_WAIT);
    }
    await elsewhere.query('commit');
    expect((await Promise.all(behind)).map(({ rev }) => rev)).toEqual([1, 1, 1]);
  });

  it('is told UNAVAILABLE when it waits for too long, with what waits behind it; the next is not', async () => {
    const [room = ''] = locked;
    await lock([room]);
    const refusals: unknown[] = [];
    const queue = new WriteQueue<Pending>({
      waitingEach: 9,
      batch: 1,
      batchBytes: 9,
    });
    const queued = () => {
      queue.push({
        kind: 'work',
        conversationId: room,
        bytes: 0,
        alone: true,
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
    queued();
    expect(queue.take()).toHaveLength(1);
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

it('an account whose row somebody else keeps locked holds up no other sender in other conversations', async () => {
  const stranger = await signUp(subject);
  const strangers = await Promise.all(locked.map(() => converse(subject, stranger)));
  await lock([stranger], 'users');
  const behind = strangers.map((id) => send(id, 'Hello!', stranger));
  for (const took of await Promise.all(free.map((id) => timed(send(id)))))
    expect(took).toBeLessThan(OTHERS_WAIT);
  await elsewhere.query('commit');
  expect((await Promise.all(behind)).map(({ message }) => message.seq)).toEqual([1, 1, 1]);
});
