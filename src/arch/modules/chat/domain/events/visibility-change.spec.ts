import { expect, it } from 'vitest';
import { userOfVisibilityChange } from './visibility-change.js';
import type { ChatEvent } from './chat-event.js';

it.each([
  ['conversation_added', 'ada'],
  ['conversation_removed', 'ada'],
  ['member_removed', 'ada'],
  ['user_blocked', 'ada'],
  ['message_read', null],
  ['typing', null],
  ['message_created', null],
  ['member_updated', null],
])('%s: %s', (kind, expected) => {
  expect(userOfVisibilityChange({ kind, userId: 'ada' } as ChatEvent)).toBe(expected);
});
