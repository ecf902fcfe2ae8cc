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
    writer.write(conversationId, (client) => client.query('select 1 / 0')),
    writer.write(conversationId, (client) => client.query('select 1')),
  ]);
  expect(settled.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  expect(await send(owner)).toMatchObject({ message: { seq: 1 } });
});

it('has one write of a conversation in flight, and does not hold up other conversations', async () => {
  const { writer } = subject;
  const gate = Promise.withResolvers<void>();
  const started: string[] = [];
  const running = Promise.withResolvers<void>();
  const first = writer.write(conversationId, async () => {
    started.push('first');
    running.resolve();
    await gate.promise;
  });
  const second = writer.write(conversationId, async () => void started.push('second'));
  await running.promise;
  await writer.write(await converse(subject, owner), async () => void started.push('elsewhere'));
  expect(started).toEqual(['first', 'elsewhere']);
  gate.resolve();
  await Promise.all([first, second]);
  expect(started).toEqual(['first', 'elsewhere', 'second']);
});

it('two batches are under way at once: what comes to any conversation meanwhile makes one more', async () => {
  const rooms = await Promise.all(Array.from({ length: 22 }, () => converse(subject, owner)));
  const [one, two, ...others] = rooms as [string, string, ...string[]];
  const elsewhere = new Client(subject.postgres.connection);
  await elsewhere.connect();
  await elsewhere.query('begin');
  await elsewhere.query('select from conversations where id = any ($1) for no key update', [[one, two]]);
  /** In a turn of its own: by then the last one has gone out, if it may. */
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
