import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { converse, signUp } from '../../../../../../test/contract/chat-subject.js';
import { type RealChatSubject, realChatSubject } from '../../../../../../test/contract/real-chat-subject.js';

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
