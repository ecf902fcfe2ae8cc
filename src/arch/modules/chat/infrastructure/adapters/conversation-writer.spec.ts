import type { PoolClient } from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { converse, signUp } from '../../../../../../test/contract/chat-subject.js';
import { type RealChatSubject, realChatSubject } from '../../../../../../test/contract/real-chat-subject.js';
import { UnavailableError } from '../../../../common/domain/errors/unavailable.error.js';
import { Database } from '../../../../common/infrastructure/database/database.js';
import { ConversationWriter } from './conversation-writer.js';

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
  const writer = new ConversationWriter(subject.database);
  const settled = await Promise.allSettled([
    writer.write(conversationId, (client) => client.query('select 1 / 0')),
    writer.write(conversationId, (client) => client.query('select 1')),
  ]);
  expect(settled.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  expect(await send(owner)).toMatchObject({ message: { seq: 1 } });
});

it('has one write of a conversation in flight, and does not hold up other conversations', async () => {
  const writer = new ConversationWriter(subject.database);
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

it('refuses writes beyond 4,096 waiting ones, at once, and recovers', async () => {
  /** Answers at once: what is counted is what waits before the database. */
  class InstantDatabase extends Database {
    override transaction<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
      return work({ query: async () => ({ rowCount: 1 }) } as unknown as PoolClient);
    }
  }
  const writer = new ConversationWriter(new InstantDatabase(subject.postgres.connection, 1));
  const gate = Promise.withResolvers<void>();
  const waiting = Array.from({ length: 4_096 }, (_, index) =>
    writer.write(conversationId, async () => {
      await gate.promise;
      return index;
    }),
  );
  await expect(writer.write(conversationId, async () => 'late')).rejects.toThrow(UnavailableError);
  await expect(writer.write(owner, async () => 'late')).rejects.toThrow(UnavailableError);
  gate.resolve();
  expect(await Promise.all(waiting)).toEqual(waiting.map((_, index) => index));
  expect(await writer.write(conversationId, async () => 'again')).toBe('again');
});
