import { expect, it } from 'vitest';
import { HeardWords } from './heard-words.js';

it('forgets nodes that have been silent for so long that nothing of theirs can be said again', () => {
  const heard = new HeardWords();
  for (let sender = 0; sender < 1_000; sender += 1) heard.judge(`old ${sender}`, 0, 1, 0);
  heard.judge('other', 0, 1, 60_000);
  expect(heard.size).toBe(1_001);
  heard.judge('new', 121_000, 1, 121_000);
  expect(heard.size).toBe(2);
  expect(heard.judge('old 1', 0, 1, 121_000)).toBe('late');
});
