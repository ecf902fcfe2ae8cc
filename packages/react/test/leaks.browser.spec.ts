import type { Page } from 'playwright-core';
import { expect } from 'vitest';
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

/** What a page holds more after many rounds than after some. */
async function growth(page: Page): Promise<Held> {
  await switchConversations(page, FIRST_ROUNDS);
  const before = await heldBy(page);
  await switchConversations(page, ROUNDS);
  const after = await heldBy(page);
  return {
    nodes: after.nodes - before.nodes,
    listeners: after.listeners - before.listeners,
    heapBytes: after.heapBytes - before.heapBytes,
  };
}

it('holds no more after many conversations than after some', async ({ window: page }) => {
  const { nodes, listeners, heapBytes } = await growth(page);
  expect(listeners).toBeLessThanOrEqual(0);
  expect(nodes).toBeLessThanOrEqual(SPARE_NODES);
  expect(heapBytes).toBeLessThanOrEqual(SPARE_BYTES);
});

it('would be seen to keep its rows', async ({ openWindow }) => {
  const { nodes, heapBytes } = await growth(await openWindow({ plugins: [withLeak()] }));
  expect(nodes).toBeGreaterThan(SPARE_NODES);
  expect(heapBytes).toBeGreaterThan(SPARE_BYTES);
});
