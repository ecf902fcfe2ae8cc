import { afterAll, beforeAll, expect, it } from 'vitest';
import { converse, signUp } from '../../../../../../test/contract/chat-subject.js';
import { type RealChatSubject, realChatSubject } from '../../../../../../test/contract/real-chat-subject.js';
import { ChatPublisherFake } from '../../../../../../test/fakes/chat-publisher.fake.js';
import { Database } from '../../../../common/infrastructure/database/database.js';
import { ConversationWriter } from './conversation-writer.js';
import { MessageRepositoryAdapter } from '../adapters/message-repository.adapter.js';

/** Number of writers on one database, like several nodes. */
const NODES = 3;

let subject: RealChatSubject;
let databases: Database[];
let nodes: MessageRepositoryAdapter[];
let senders: string[];

beforeAll(async () => {
  subject = await realChatSubject();
  senders = await Promise.all(Array.from({ length: 4 }, () => signUp(subject)));
  databases = Array.from({ length: NODES }, () => new Database(subject.postgres.connection, 4));
  nodes = databases.map(
    (database) =>
      new MessageRepositoryAdapter(database, new ConversationWriter(database, new ChatPublisherFake())),
  );
});
afterAll(async () => {
  await Promise.all(databases.map((database) => database.onApplicationShutdown()));
  await subject.close();
});

it('the same ids at the same instant on every node: each message once, no hole, one answer for all', async () => {
  const [first, ...others] = senders as [string, ...string[]];
  const rooms = await Promise.all(Array.from({ length: 6 }, () => converse(subject, first, ...others)));
  const drafts = rooms.flatMap((conversationId) =>
    senders.flatMap((senderId) =>
      Array.from({ length: 20 }, (_, index) => ({
        conversationId,
        senderId,
        content: `message ${index}`,
        clientMessageId: `id-${index}`,
      })),
    ),
  );
  const answers = await Promise.all(
    // Each node begins with another conversation, so that they meet in different ones.
    nodes.map(async (node, shift) => {
      const start = (drafts.length / NODES) * shift;
      const mine = [...drafts.slice(start), ...drafts.slice(0, start)];
      return new Map(
        await Promise.all(
          mine.map(async (draft) => {
            const { message, duplicate } = await node.create(draft);
            return [
              `${draft.conversationId} ${draft.senderId} ${draft.content}`,
              { message, duplicate },
            ] as const;
          }),
        ),
      );
    }),
  );

  for (const key of answers[0]?.keys() ?? []) {
    const same = answers.map((answer) => answer.get(key));
    expect(new Set(same.map((one) => one?.message.id)).size).toBe(1);
    expect(same.filter((one) => one?.duplicate === false)).toHaveLength(1);
  }
  for (const id of rooms) {
    const rows = await subject.postgres.query<{ seq: number; rev: number }>(
      'select seq::int, rev::int from messages where conversation_id = $1 order by seq',
      [id],
    );
    expect(rows).toEqual(Array.from({ length: 80 }, (_, index) => ({ seq: index + 1, rev: index + 1 })));
    expect(await subject.conversations.findById(id)).toMatchObject({ lastSeq: 80, rev: 80 });
  }
});
