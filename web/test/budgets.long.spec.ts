import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import type { Page } from 'playwright-core';
import { expect, vi } from 'vitest';
import { heldBy } from '../../packages/react/test/page-metrics.ts';
import type { FrameReport, watchFrames } from '../../packages/react/test/window-page/frames.ts';
import { postMany } from './support/many-messages.ts';
import { row } from './support/rows.ts';
import { switchTo } from './support/switch-to.ts';
import { webTest as it } from './support/web-test.ts';

const MOST_ROWS = 300;
const DISTANCE_PX = 24_000;
const NOTCH_PX = 120;
/** Pages come from the server: one that is busy answers after the wheel is there. */
const UNCOVERED = 0.01;
const SWITCHES = 200;
const MESSAGES = 5_000;
const MEMORY = 1.2;

const FRAMES = new URL('../../packages/react/test/window-page/frames.ts', import.meta.url);

interface Watch {
  wheeled: number;
  stop: () => FrameReport;
}

/** Turns the wheel over the messages, a notch a frame, and reports what was seen. Upwards when negative. */
async function wheel(page: Page, distance: number): Promise<FrameReport> {
  await page.locator('[data-messages]').hover();
  await page.evaluate((isUp) => {
    const scope = globalThis as unknown as { watchFrames: typeof watchFrames; watch: Watch };
    const scroller = document.querySelector<HTMLElement>('[data-messages]');
    if (!scroller) throw new Error('There are no messages.');
    const watch: Watch = {
      wheeled: 0,
      stop: scope.watchFrames(scroller, isUp ? 1 : -1, () => watch.wheeled),
    };
    scope.watch = watch;
    scroller.addEventListener('wheel', ({ deltaY }) => void (watch.wheeled += Math.abs(deltaY)), {
      passive: true,
    });
  }, distance < 0);
  for (let turned = 0; turned < Math.abs(distance); turned += NOTCH_PX) {
    await page.mouse.wheel(0, Math.sign(distance) * NOTCH_PX);
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
  return page.evaluate(() => (globalThis as unknown as { watch: Watch }).watch.stop());
}

it('scrolls through a long history: no frame goes backwards or leaps, and hardly one is uncovered', async ({
  server,
  owner,
  openAs,
}) => {
  const id = await server.createConversation(owner);
  await postMany(server, owner, id, 700);
  const page = await openAs(owner, `/c/${id}`);
  await row(page, 'The last one').waitFor();
  const script = stripTypeScriptTypes(readFileSync(FRAMES, 'utf8')).replaceAll('export ', '');
  await page.evaluate(`${script}; globalThis.watchFrames = watchFrames;`);
  for (const distance of [-DISTANCE_PX, DISTANCE_PX]) {
    const report = await wheel(page, distance);
    process.stdout.write(`${JSON.stringify(report)}\n`);
    expect(report).toMatchObject({ backwards: 0, leaps: 0 });
    expect(report.uncovered).toBeLessThanOrEqual(UNCOVERED * report.frames);
    expect(report.mostRows).toBeLessThanOrEqual(MOST_ROWS);
    expect(report.moved).toBeGreaterThan(DISTANCE_PX / 2);
  }
});

it('holds no more after many switches and messages than after some', async ({ server, owner, openAs }) => {
  const ids: string[] = [];
  for (let count = 0; count < 5; count += 1) ids.push(await server.createConversation(owner));
  await Promise.all(ids.map((id) => postMany(server, owner, id, 100)));
  // What is shown when it is measured: windows have more or fewer rows.
  const small = await server.createConversation(owner);
  const page = await openAs(owner, `/c/${ids[0]}`);
  async function switchTimes(times: number): Promise<void> {
    for (let count = 0; count < times; count += 1) await switchTo(page, ids[count % ids.length] ?? '');
  }
  /** Messages that come live into the conversation that is open, and into others. */
  async function receive(count: number): Promise<void> {
    for (const id of ids) await postMany(server, owner, id, count / ids.length);
  }
  await row(page, 'The last one').waitFor();
  await switchTimes(20);
  // As many as each conversation holds.
  await receive(ids.length * MOST_ROWS);
  await switchTimes(20);
  await switchTo(page, small);
  const before = await heldBy(page);
  await switchTimes(SWITCHES);
  await receive(MESSAGES);
  await switchTimes(20);
  await switchTo(page, small);
  // On a busy machine the browser lets go later; what is leaked stays for ever.
  await vi.waitFor(
    async () => {
      const after = await heldBy(page);
      process.stdout.write(
        `After ${SWITCHES} switches and ${MESSAGES} messages: ${(after.heapBytes / before.heapBytes).toFixed(2)} times the memory, ${after.nodes} nodes after ${before.nodes}\n`,
      );
      expect(after.heapBytes).toBeLessThan(MEMORY * before.heapBytes);
      // A row that is not let go after each switch would be far more.
      expect(after.nodes).toBeLessThan(before.nodes + 20);
    },
    { timeout: 20_000, interval: 100 },
  );
});
