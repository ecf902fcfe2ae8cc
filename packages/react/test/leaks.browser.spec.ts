import type { Page } from 'playwright-core';
import { expect, vi } from 'vitest';
import { type Held, heldBy } from './page-metrics.ts';
import { withLeak } from './planted-fault.ts';
import { windowTest } from './window-test.ts';

const it = windowTest;

/** After these everything is compiled and cached that ever will be. */
const FIRST_ROUNDS = 5;
const ROUNDS = 12;
/** In the third one a window has all its rows. */
const FRAMES = 5;
/** What the browser itself may keep of one conversation, whose rows alone are 200 nodes and more. */
const SPARE_NODES = 20;
const SPARE_BYTES = 200_000;

/** Shows two conversations and none, so many times. */
const switchConversations = (page: Page, rounds: number): Promise<void> =>
  page.evaluate(
    async ([count, framesEach]) => {
      const { driver } = window;
      for (let round = 0; round < count; round += 1) {
        for (const name of ['large', 'unread', null]) {
          driver.shown = { name };
          driver.render(driver.shown);
          for (let frames = 0; frames < framesEach; frames += 1) await new Promise(requestAnimationFrame);
        }
        driver.ends.length = 0;
      }
    },
    [rounds, FRAMES] as const,
  );

/** Plays many rounds. Returns how to count what the page holds more than after some. */
async function playRounds(page: Page): Promise<() => Promise<Held>> {
  await switchConversations(page, FIRST_ROUNDS);
  const before = await heldBy(page);
  await switchConversations(page, ROUNDS);
  return async () => {
    const now = await heldBy(page);
    return {
      nodes: now.nodes - before.nodes,
      listeners: now.listeners - before.listeners,
      heapBytes: now.heapBytes - before.heapBytes,
    };
  };
}

it('holds no more after many conversations than after some', async ({ window: page }) => {
  const growth = await playRounds(page);
  // On a busy machine the browser lets go later; what is leaked stays for ever.
  await vi.waitFor(
    async () => {
      const { nodes, listeners, heapBytes } = await growth();
      expect(listeners).toBeLessThanOrEqual(0);
      expect(nodes).toBeLessThanOrEqual(SPARE_NODES);
      expect(heapBytes).toBeLessThanOrEqual(SPARE_BYTES);
    },
    { timeout: 20_000, interval: 100 },
  );
});

it('would be seen to keep its rows', async ({ openWindow }) => {
  const growth = await playRounds(await openWindow({ plugins: [withLeak()] }));
  const { nodes, heapBytes } = await growth();
  // More than one round has, so that it is not what goes later.
  expect(nodes).toBeGreaterThan(ROUNDS * SPARE_NODES);
  expect(heapBytes).toBeGreaterThan(SPARE_BYTES);
});
