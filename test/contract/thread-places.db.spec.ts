import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ChatEvent } from '../../src/arch/modules/chat/domain/events/chat-event.js';
import { memberRemoval } from '../../src/arch/modules/chat/domain/models/conversation-change.model.js';
import { toReactionKind } from '../../src/arch/modules/chat/domain/models/reaction.model.js';
import { addMember, converse, openThread, say, signUp } from './chat-subject.js';
import { type RealChatSubject, realChatSubject } from './real-chat-subject.js';

let subject: RealChatSubject;
beforeAll(async () => {
  subject = await realChatSubject();
});
afterAll(() => subject.close());

it('each change of a thread is published with the last change of the parent before it', async () => {
  const [owner, member] = [await signUp(subject), await signUp(subject)];
  const parentId = await converse(subject, owner, member);
  await say(subject, parentId, owner, 1);
  const threadId = await openThread(subject, parentId, 1, owner);
  await say(subject, threadId, owner, 1);
  const messageId = (await subject.messages.findRange(threadId, 1, 1)).data[0]?.id ?? '';
  const react = () =>
    subject.reactions.react(
      {
        conversationId: threadId,
        messageId,
        actorId: owner,
        userId: owner,
        added: true,
        ...toReactionKind('x'),
      },
      false,
    );
  const edit = () =>
    subject.messageChange.change(threadId, owner, messageId, () => ({
      kind: 'edited',
      content: 'New',
      keepsEarlier: false,
    }));
  const head = async () => (await subject.conversations.findById(parentId))?.rev;
  subject.live.published.length = 0;
  const expected: (number | undefined)[] = [];
  for (const change of [
    edit,
    () => subject.change.change(parentId, owner, () => [memberRemoval(member, 'removed', null)]),
    react,
    () => addMember(subject, parentId, owner, member),
    edit,
  ]) {
    if (change === edit || change === react) expected.push(await head());
    await change();
  }
  const places = subject.live.published.flatMap((event: ChatEvent) =>
    event.kind === 'message_updated' ? [[event.conversationId, event.parent]] : [],
  );
  expect(places).toEqual(expected.map((rev) => [threadId, { conversationId: parentId, rev }]));
  expect(new Set(expected).size).toBe(3);
});

it('a change of another conversation has no such place', async () => {
  const owner = await signUp(subject);
  const conversationId = await converse(subject, owner);
  await say(subject, conversationId, owner, 1);
  subject.live.published.length = 0;
  const messageId = (await subject.messages.findRange(conversationId, 1, 1)).data[0]?.id ?? '';
  await subject.messageChange.change(conversationId, owner, messageId, () => ({ kind: 'pinned' }));
  expect(subject.live.published).toHaveLength(1);
  expect(subject.live.published[0]).not.toHaveProperty('parent');
});
