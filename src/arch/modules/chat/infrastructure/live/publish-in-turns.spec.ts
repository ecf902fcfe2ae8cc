import { randomUUID } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { ChatPublisherFake } from '../../../../../../test/fakes/chat-publisher.fake.js';
import { publishInTurns } from './publish-in-turns.js';

const removals = (count: number) =>
  Array.from({ length: count }, () => ({
    kind: 'conversation_removed' as const,
    userId: randomUUID(),
    conversationId: randomUUID(),
    reason: 'deleted' as const,
  }));

it.each([0, 1, 2, 50])('publishes %i events at once', async (count) => {
  const live = new ChatPublisherFake();
  const events = removals(count);
  publishInTurns(events, live);
  expect(live.published).toEqual(events);
  await turn();
  expect(live.published).toHaveLength(count);
});

it('publishes more in later turns, 50 in each, in their order', async () => {
  const live = new ChatPublisherFake();
  const events = removals(120);
  publishInTurns(events, live);
  const counts = [live.published.length];
  for (let n = 0; n < 3; n += 1) {
    await turn();
    counts.push(live.published.length);
  }
  expect(counts).toEqual([50, 100, 120, 120]);
  expect(live.published).toEqual(events);
});
