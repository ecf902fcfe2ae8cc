import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { converse, signUp } from '../../../../../../test/contract/chat-subject.js';
import { type RealChatSubject, realChatSubject } from '../../../../../../test/contract/real-chat-subject.js';
import { countStatements } from '../../../../../../test/support/count-statements.js';

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
afterEach(() => {
  vi.useRealTimers();
});
afterAll(() => subject.close());

const send = (senderId: string, content = 'Hello!') =>
  subject.messages.create({ conversationId, senderId, content });

/** Work without an event. */
const doing = <T>(work: () => Promise<T>) => ({
  accountIds: [],
  work,
  isStored: async () => true,
  publish: () => undefined,
});

it('never dates a message before the one before it', async () => {
  await Promise.all(Array.from({ length: 50 }, (_, index) => send(index % 2 === 0 ? owner : other)));
  const backwards = await subject.postgres.query(
    `select from (select created_at - lag(created_at) over (order by seq) as step from messages
     where conversation_id = $1) as steps where step < interval '0'`,
    [conversationId],
  );
  expect(backwards).toEqual([]);
  expect(await subject.conversations.findById(conversationId)).toMatchObject({ lastSeq: 50 });
});

it('a statement that fails leaves the next write fine', async () => {
  const { writer } = subject;
  const settled = await Promise.allSettled([
    writer.write(
      conversationId,
      doing(() => subject.database.execute({ text: 'select 1 / 0' })),
    ),
    writer.write(
      conversationId,
      doing(() => subject.database.execute({ text: 'select 1' })),
    ),
  ]);
  expect(settled.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  expect(await send(owner)).toMatchObject({ message: { seq: 1 } });
});

it('has one write of a conversation in flight, and does not hold up other conversations', async () => {
  const { writer } = subject;
  const gate = Promise.withResolvers<void>();
  const started: string[] = [];
  const running = Promise.withResolvers<void>();
  const begins = (name: string) => doing(async () => void started.push(name));
  const first = writer.write(
    conversationId,
    doing(async () => {
      started.push('first');
      running.resolve();
      await gate.promise;
    }),
  );
  const second = writer.write(conversationId, begins('second'));
  await running.promise;
  await writer.write(await converse(subject, owner), begins('elsewhere'));
  expect(started).toEqual(['first', 'elsewhere']);
  gate.resolve();
  await Promise.all([first, second]);
  expect(started).toEqual(['first', 'elsewhere', 'second']);
});

it('two batches are in flight at once: writes that come meanwhile to any conversation make one more', async () => {
  const rooms = await Promise.all(Array.from({ length: 22 }, () => converse(subject, owner)));
  const [one, two, ...others] = rooms as [string, string, ...string[]];
  const elsewhere = new Client(subject.postgres.connection);
  await elsewhere.connect();
  await elsewhere.query('begin');
  await elsewhere.query('select from conversations where id = any ($1) for no key update', [[one, two]]);
  /** In a later turn, when the previous message has been sent, if it may. */
  const sendTo = async (room: string) => {
    const sent = subject.messages.create({ conversationId: room, senderId: owner, content: 'Hello!' });
    await new Promise(setImmediate);
    return { sent };
  };
  const { result, statements } = await countStatements(subject.postgres, async () => {
    const sends = [await sendTo(one), await sendTo(two)];
    for (const room of others) sends.push(await sendTo(room));
    await elsewhere.end();
    return Promise.all(sends.map(({ sent }) => sent));
  });
  expect(result.map(({ message }) => message.seq)).toEqual(rooms.map(() => 1));
  expect(statements.filter((text) => text.includes('store_messages'))).toHaveLength(3);
});

it('waits for no timer: a message goes out although no time passes', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval'] });
  expect(await send(owner)).toMatchObject({ message: { seq: 1 } });
  expect(await Promise.all([send(owner), send(other)])).toMatchObject([
    { message: { seq: 2 } },
    { message: { seq: 3 } },
  ]);
});

it('nothing is written within a transaction of the caller: it would keep the locks for longer than its turn', async () => {
  const within = (work: () => Promise<unknown>) => subject.transactions.runInTransaction(work);
  await expect(within(() => send(owner))).rejects.toThrow('not written to within a transaction');
  await expect(
    within(() =>
      subject.writer.write(
        conversationId,
        doing(async () => 1),
      ),
    ),
  ).rejects.toThrow('not written to within a transaction');
  expect(await subject.conversations.findById(conversationId)).toMatchObject({ lastSeq: 0, rev: 0 });
});

it('what was done is published before anything else is written to the conversation', async () => {
  const order: string[] = [];
  const step = (name: string) => ({
    ...doing(async () => void order.push(`writes ${name}`)),
    publish: () => void order.push(`publishes ${name}`),
  });
  await Promise.all(['one', 'two'].map((name) => subject.writer.write(conversationId, step(name))));
  expect(order).toEqual(['writes one', 'publishes one', 'writes two', 'publishes two']);
});
