import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { signUp } from '../../../../../../test/contract/chat-subject.js';
import { type RealChatSubject, realChatSubject } from '../../../../../../test/contract/real-chat-subject.js';
import { UnavailableError } from '../../../../common/domain/errors/unavailable.error.js';

let subject: RealChatSubject;
let createdBy: string;

beforeAll(async () => {
  subject = await realChatSubject();
  createdBy = await signUp(subject);
});
afterAll(() => subject.close());

it('whether a conversation is stored is unknown while its creation is in flight', async () => {
  const held = Promise.withResolvers<void>();
  const made = Promise.withResolvers<Awaited<ReturnType<typeof subject.conversations.create>>>();
  const creation = subject.transactions.runInTransaction(async () => {
    const conversation = await subject.conversations.create({ createdBy, title: null, memberCount: 1 });
    await subject.members.addFirstMembers(conversation.id, [createdBy]);
    made.resolve(conversation);
    await held.promise;
  });
  const conversation = await made.promise;
  await expect(subject.conversations.isStored(conversation)).rejects.toBeInstanceOf(UnavailableError);
  held.resolve();
  await creation;
  expect(await subject.conversations.isStored(conversation)).toBe(true);
});

it('a conversation is not stored when the database knows neither it nor its creator, as one that was put back', async () => {
  const conversation = await subject.conversations.create({ createdBy, title: null, memberCount: 1 });
  const [id, creator] = [randomUUID(), randomUUID()];
  expect(await subject.conversations.isStored({ ...conversation, id, createdBy: creator })).toBe(false);
});
