import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ChatPublisherFake } from '../../../../../../test/fakes/chat-publisher.fake.js';
import { SignalTypingCommand, SignalTypingHandler } from './signal-typing.command.js';

const NOW = new Date('2026-01-31T12:00:00.000Z');

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOW }));
afterEach(() => void vi.useRealTimers());

it.each([
  [true, '2026-01-31T12:00:06.000Z'],
  [false, '2026-01-31T12:00:00.000Z'],
])('emits to the room that typing is %s until %s', async (isTyping, expiresAt) => {
  const live = new ChatPublisherFake();
  await new SignalTypingHandler(live).execute(new SignalTypingCommand('c1', 'u1', isTyping));
  const typing = {
    kind: 'typing',
    conversationId: 'c1',
    userId: 'u1',
    isTyping,
    expiresAt: new Date(expiresAt),
  };
  expect(live.published).toEqual([typing]);
});
