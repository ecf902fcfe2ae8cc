import { expect, it } from 'vitest';
import { ReceivedNodeMessages } from './received-node-messages.js';

it('evicts nodes that have been silent for so long that their messages cannot be replayed', () => {
  const messages = new ReceivedNodeMessages();
  for (let sender = 0; sender < 1_000; sender += 1) messages.judgeMessage(`old ${sender}`, 0, 1, 0);
  messages.judgeMessage('other', 0, 1, 60_000);
  expect(messages.size).toBe(1_001);
  messages.judgeMessage('new', 121_000, 1, 121_000);
  expect(messages.size).toBe(2);
  expect(messages.judgeMessage('old 1', 0, 1, 121_000)).toBe('late');
});
