import type { Driver } from './driver.ts';

const MOST_ROWS = 300;

/** Takes steps in a random order, and reports each rule of the window that is broken after one. */
export async function takeRandomSteps(driver: Driver, count: number, seed: number): Promise<string[]> {
  let state = seed;
  const random = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  /** Nothing that is read moves. */
  const quiet: Record<string, () => unknown> = {
    append: () => driver.timeline.append(1 + random(5)),
    renew: () => driver.timeline.renew(),
    growAbove: () =>
      driver
        .hiddenRows('above')
        .at(-1)
        ?.style.setProperty('padding-top', `${random(200)}px`),
    growBelow: () =>
      driver
        .hiddenRows('below')
        .at(0)
        ?.style.setProperty('padding-top', `${random(200)}px`),
    select: () => getSelection()?.selectAllChildren(driver.rows[random(driver.rows.length)] ?? document.body),
    failToJump() {
      driver.timeline.failsNextJump = true;
      return driver.handle?.scrollToSeq(1 + random(90_000)).catch(() => undefined);
    },
  };
  const loud: Record<string, () => unknown> = {
    scroll: () => driver.scroller.scrollBy(0, random(4_000) - 2_000),
    toTop: () => driver.scroller.scrollTo(0, 0),
    toBottom: () => driver.scroller.scrollTo(0, driver.scroller.scrollHeight),
    toEnd: () => driver.handle?.scrollToEnd(),
    jump: () => driver.handle?.scrollToSeq(1 + random(100_000)),
    jumpAndGoOn: () => void driver.handle?.scrollToSeq(1 + random(100_000)).catch(() => undefined),
    resize: () => driver.scroller.style.setProperty('height', `${300 + random(600)}px`),
  };
  const broken: string[] = [];
  for (let step = 0; step < count; step += 1) {
    const steps = random(2) === 0 ? quiet : loud;
    const name = Object.keys(steps)[random(Object.keys(steps).length)] ?? '';
    const action = (): unknown => steps[name]?.();
    const expectThat = (holds: boolean, rule: string): void => {
      if (!holds) broken.push(`step ${step}, ${name}: ${rule}`);
    };
    // The scroll of the step before may lead to the end, which is followed then.
    if (steps === quiet) await driver.settled();
    if (steps === quiet && driver.ends.at(-1)?.pinned === false) {
      expectThat((await driver.movedBy(action)) < 1, 'something moves');
    } else {
      await action();
      for (let frames = random(6); frames > 0; frames -= 1) await new Promise(requestAnimationFrame);
    }
    expectThat(driver.rows.length <= MOST_ROWS, `there are ${driver.rows.length} rows`);
    if (random(3) > 0) continue;
    await driver.settled();
    const { atStart, atEnd } = driver.timeline.getSnapshot();
    expectThat(!driver.ends.at(-1)?.pinned || driver.distanceToEnd() <= 1, 'the end is not followed');
    expectThat(atStart || driver.scroller.scrollTop > 600, 'older messages are not loaded');
    expectThat(atEnd || driver.distanceToEnd() > 600, 'newer messages are not loaded');
  }
  return broken;
}
