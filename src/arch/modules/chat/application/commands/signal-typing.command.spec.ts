import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeChat } from '../../../../../../test/fakes/fake-chat.js';
import { SignalTypingCommand, SignalTypingHandler } from './signal-typing.command.js';

const NOW = new Date('2026-01-31T12:00:00.000Z');

let chat: FakeChat;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW });
  chat = new FakeChat();
});
afterEach(() => void vi.useRealTimers());

const type = (conversationId: string, userId: string, isTyping = true) =>
  new SignalTypingHandler(chat.blocks, chat.live).execute(
    new SignalTypingCommand(conversationId, userId, isTyping),
  );

it.each([
  [true, '2026-01-31T12:00:06.000Z'],
  [false, '2026-01-31T12:00:00.000Z'],
])('emits to the room that typing is %s until %s', async (isTyping, expiresAt) => {
  await type('c1', 'u1', isTyping);
  const typing = {
    kind: 'typing',
    conversationId: 'c1',
    userId: 'u1',
    isTyping,
    expiresAt: new Date(expiresAt),
  };
  expect(chat.live.published).toEqual([typing]);
});

it('emits nothing in a direct conversation of which one has blocked the other, and does not say so', async () => {
  const [one, other] = [await chat.signUp(), await chat.signUp()];
  const { conversation } = await chat.directs.open(one, other);
  await chat.blocks.setBlock(one, other, true);
  for (const userId of [one, other]) expect(await type(conversation.id, userId)).toBeUndefined();
  expect(chat.live.published).toEqual([]);
  await chat.blocks.setBlock(one, other, false);
  await type(conversation.id, other);
  expect(chat.live.published).toMatchObject([{ kind: 'typing', userId: other }]);
});
