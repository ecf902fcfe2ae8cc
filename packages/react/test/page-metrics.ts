import type { CDPSession, Page } from 'playwright-core';

/** What a page holds when everything is collected that nobody refers to. */
export interface Held {
  readonly nodes: number;
  readonly listeners: number;
  readonly heapBytes: number;
}

async function metricsOf(session: CDPSession): Promise<(name: string) => number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return (name) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
}

/** Counts what a page holds. */
export async function heldBy(page: Page): Promise<Held> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  for (let times = 0; times < 3; times += 1) {
    // What a frame still has to do keeps the rows that were removed last.
    await page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
    await session.send('HeapProfiler.collectGarbage');
  }
  const metric = await metricsOf(session);
  await session.detach();
  return {
    nodes: metric('Nodes'),
    listeners: metric('JSEventListeners'),
    heapBytes: metric('JSHeapUsedSize'),
  };
}

/**
 * The medians of the milliseconds of scripts, styles and layout in a page that each action takes, in turn: of the processor, however
 * many others it is shared with.
 */
export async function medianWorkMs(
  page: Page,
  rounds: number,
  actions: ReadonlyArray<() => Promise<unknown>>,
): Promise<number[]> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  async function workMs(): Promise<number> {
    const metric = await metricsOf(session);
    return 1_000 * (metric('ScriptDuration') + metric('RecalcStyleDuration') + metric('LayoutDuration'));
  }
  const found = actions.map((): number[] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, action] of actions.entries()) {
      const before = await workMs();
      await action();
      found[index]?.push((await workMs()) - before);
    }
  }
  await session.detach();
  return found.map(
    (each) => each.toSorted((one, other) => one - other)[Math.floor(rounds / 2)] ?? Number.NaN,
  );
}
