import { expect, it } from 'vitest';
import { ReceivedNodeMessages } from './received-node-messages.js';

it('evicts nodes that have been silent for so long that their messages cannot be replayed', () => {
  const heard = new ReceivedNodeMessages();
  for (let sender = 0; sender < 1_000; sender += 1) heard.judgeMessage(`old ${sender}`, 0, 1, 0);
  heard.judgeMessage('other', 0, 1, 60_000);
  expect(heard.size).toBe(1_001);
  heard.judgeMessage('new', 121_000, 1, 121_000);
  expect(heard.size).toBe(2);
  expect(heard.judgeMessage('old 1', 0, 1, 121_000)).toBe('late');
});
