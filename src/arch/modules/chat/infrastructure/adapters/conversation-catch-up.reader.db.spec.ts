import { afterAll, beforeAll, expect, it } from 'vitest';
import { addMember, converse, say, signUp } from '../../../../../../test/contract/chat-subject.js';
import { type RealChatSubject, realChatSubject } from '../../../../../../test/contract/real-chat-subject.js';
import { Database } from '../../../../common/infrastructure/database/database.js';
import { ConversationCatchUpReader } from './conversation-catch-up.reader.js';
import { ConversationListReader } from '../statements/conversation-list.reader.js';

let writer: RealChatSubject;
let reading: Database;
let owner: string;
let conversationId: string;

/** Lets other writers write between the first and the second statement of a reading. */
class OvertakenListReader extends ConversationListReader {
  override async findOne(userId: string, id: string) {
    const found = await super.findOne(userId, id);
    await say(writer, id, owner, 1);
    await addMember(writer, id, owner, await signUp(writer));
    return found;
  }
}

beforeAll(async () => {
  writer = await realChatSubject();
  reading = new Database(writer.postgres.connection, 1);
  owner = await signUp(writer);
  conversationId = await converse(writer, owner);
});
afterAll(async () => {
  await reading.onApplicationShutdown();
  await writer.close();
});

it('sees the head, the messages and the members of one instant, whatever is written meanwhile', async () => {
  const reader = new ConversationCatchUpReader(reading, new OvertakenListReader(reading));
  await say(writer, conversationId, owner, 1);
  const first = await reader.findChanges(conversationId, owner, 0, 100);
  expect(first).toMatchObject({ conversation: { rev: 1, memberCount: 1 }, members: null });
  expect(first?.messages.map(({ rev }) => rev)).toEqual([1]);

  const second = await reader.findChanges(conversationId, owner, 1, 100);
  expect(second?.conversation).toMatchObject({ rev: 3, lastSeq: 2, memberCount: 2 });
  expect(second?.messages.map(({ rev }) => rev)).toEqual([2]);
  expect(second?.members).toHaveLength(2);
});

it('gives its only connection back, as it was', async () => {
  const reader = new ConversationCatchUpReader(reading, new ConversationListReader(reading));
  for (let again = 0; again < 3; again += 1) await reader.findChanges(conversationId, owner, 0, 1);
  await expect(reading.query((db) => db.execute('show transaction_isolation'))).resolves.toMatchObject({
    rows: [{ transaction_isolation: 'read committed' }],
  });
});
