import { expect } from 'vitest';
import { swipeDown, wheel } from './window-steps.ts';
import { windowTest } from './window-test.ts';

const it = windowTest;

const MOST_ROWS = 300;

it('moves with the wheel through 24,000 px of messages: no frame goes backwards, leaps or is uncovered', async ({
  window: page,
}) => {
  for (const distance of [-24_000, 24_000]) {
    const report = await wheel(page, distance);
    expect(report).toMatchObject({ backwards: 0, leaps: 0, uncovered: 0, wheeled: 24_000 });
    expect(Math.abs(report.moved - 24_000)).toBeLessThanOrEqual(1);
    expect(report.mostRows).toBeLessThanOrEqual(MOST_ROWS);
  }
});

it('follows a finger without going backwards', async ({ window: page }) => {
  const report = await swipeDown(page, 8);
  expect(report).toMatchObject({ backwards: 0, uncovered: 0 });
  expect(report.moved).toBeGreaterThan(8 * 300);
  expect(report.mostRows).toBeLessThanOrEqual(MOST_ROWS);
});

it('moves nothing while somebody reads', async ({ window: page }) => {
  await wheel(page, -6_000);
  const moved = await page.evaluate(async () => {
    const { driver } = window;
    return {
      append: await driver.movedBy(() => driver.timeline.append(20)),
      growAbove: await driver.movedBy(() => (driver.hiddenRow('above').style.paddingTop = '220px')),
      growBelow: await driver.movedBy(() => (driver.hiddenRow('below').style.paddingTop = '220px')),
      renew: await driver.movedBy(() => driver.timeline.renew()),
    };
  });
  expect(moved).toEqual({ append: 0, growAbove: 0, growBelow: 0, renew: 0 });
});

it('moves nothing when older messages are loaded at the very top', async ({ window: page }) => {
  const [moved, pages] = await page.evaluate(async () => {
    const { driver } = window;
    const before = driver.timeline.pages;
    driver.scroller.scrollTop = 0;
    return [await driver.movedBy(() => undefined), driver.timeline.pages - before];
  });
  expect(pages).toBeGreaterThan(0);
  expect(moved).toBeLessThan(1);
});

it('follows the end, whatever the height of what comes', async ({ window: page }) => {
  const distances = await page.evaluate(async () => {
    const { driver } = window;
    const found = [];
    for (let count = 0; count < 50; count += 1) {
      driver.timeline.append(1);
      await new Promise(requestAnimationFrame);
      found.push(driver.distanceToEnd());
    }
    driver.scroller.style.height = '400px';
    await driver.settled();
    found.push(driver.distanceToEnd());
    return found;
  });
  expect(Math.max(...distances)).toBeLessThanOrEqual(1);
  expect(await page.evaluate(() => window.driver.ends)).toEqual([{ pinned: true, newCount: 0 }]);
});

it('lets the reader leave the end in the moment in which a message comes', async ({ window: page }) => {
  const tops = await page.evaluate(async () => {
    const { driver } = window;
    driver.scroller.scrollTop -= 100;
    const left = driver.distanceToEnd();
    driver.timeline.append(1);
    await driver.settled();
    return { left, height: driver.rows.at(-1)?.offsetHeight ?? 0, distance: driver.distanceToEnd() };
  });
  expect(tops.left).toBe(100);
  expect(tops.distance).toBe(100 + tops.height);
});

it('lets the reader leave the end in the moment in which the page is rendered anew', async ({
  window: page,
}) => {
  const distance = await page.evaluate(async () => {
    const { driver } = window;
    driver.scroller.scrollTop -= 100;
    driver.render({ ...driver.shown });
    await driver.settled();
    return driver.distanceToEnd();
  });
  expect(distance).toBe(100);
});

it('drops the oldest rows while it follows the end', async ({ window: page }) => {
  const rows = await page.evaluate(async () => {
    const { driver } = window;
    const found = [];
    for (let count = 0; count < 20; count += 1) {
      driver.timeline.append(40);
      await new Promise(requestAnimationFrame);
      found.push(driver.rows.length);
    }
    await driver.settled();
    return found.concat(driver.distanceToEnd() > 1 ? Infinity : []);
  });
  expect(Math.max(...rows)).toBeLessThanOrEqual(MOST_ROWS);
});

it('does not ask again and again for a page that cannot be loaded', async ({ window: page }) => {
  const [whileCut, then] = await page.evaluate(async () => {
    const { driver } = window;
    const before = driver.timeline.pages;
    driver.timeline.isCut = true;
    driver.scroller.scrollTop = 200;
    await driver.settled();
    const failed = driver.timeline.pages - before;
    driver.timeline.isCut = false;
    for (let frames = 0; frames < 200 && driver.timeline.pages - before === failed; frames += 1) {
      driver.scroller.scrollTop -= 1;
      await new Promise(requestAnimationFrame);
    }
    return [failed, driver.timeline.pages - before];
  });
  expect(whileCut).toBe(1);
  expect(then).toBe(2);
});

it('counts what has come since the reader left the end', async ({ window: page }) => {
  await wheel(page, -1_200);
  const ends = await page.evaluate(async () => {
    const { driver } = window;
    driver.timeline.append(3);
    await driver.settled();
    await driver.handle?.scrollToEnd();
    await driver.settled();
    return driver.ends;
  });
  expect(ends).toEqual([
    { pinned: true, newCount: 0 },
    { pinned: false, newCount: 0 },
    { pinned: false, newCount: 3 },
    { pinned: true, newCount: 0 },
  ]);
});

it('jumps to a message: it is in the middle when all images have loaded, has the focus, and is highlighted', async ({
  window: page,
}) => {
  const jump = await page.evaluate(async () => {
    const { driver } = window;
    await driver.show({ name: 'images' });
    await driver.handle?.scrollToSeq(50_000);
    // It ends by itself, on a slow machine before everything is at rest.
    const isHighlighted = driver.row(50_000)?.hasAttribute('data-highlighted');
    await driver.settled();
    return {
      off: driver.offCentre(50_000),
      isFocused: driver.row(50_000) === document.activeElement,
      isHighlighted,
    };
  });
  expect(Math.abs(jump.off)).toBeLessThanOrEqual(1);
  expect(jump).toMatchObject({ isFocused: true, isHighlighted: true });
  await page.waitForFunction(() => window.driver.row(50_000)?.hasAttribute('data-highlighted') === false);
});

it('jumps to a message that is asked for before the window is open', async ({ window: page }) => {
  const jump = await page.evaluate(async () => {
    const { driver } = window;
    const { handle } = driver;
    const shown = driver.show({ name: 'images' });
    for (let frames = 0; driver.handle === handle && frames < 1_000; frames += 1)
      await new Promise(requestAnimationFrame);
    await driver.handle?.scrollToSeq(50_000);
    await shown;
    await driver.settled();
    return { off: driver.offCentre(50_000), isFocused: driver.row(50_000) === document.activeElement };
  });
  expect(Math.abs(jump.off)).toBeLessThanOrEqual(1);
  expect(jump.isFocused).toBe(true);
});

it('leaves everything as it is when a jump fails', async ({ window: page }) => {
  await wheel(page, -3_000);
  const [moved, message] = await page.evaluate(async () => {
    const { driver } = window;
    driver.timeline.failsNextJump = true;
    let error: unknown;
    const distance = await driver.movedBy(() =>
      driver.handle?.scrollToSeq(50_000).catch((caught: unknown) => (error = caught)),
    );
    return [distance, String(error)];
  });
  expect(moved).toBe(0);
  expect(message).toBe('Error: The place could not be loaded.');
});

it('opens with the first unread message in the upper third, below one divider', async ({ window: page }) => {
  const opened = await page.evaluate(async () => {
    const { driver } = window;
    await driver.show({ name: 'unread', dividerSeq: 449 });
    const frame = driver.scroller.getBoundingClientRect();
    const top = (driver.row(450)?.getBoundingClientRect().top ?? 0) - frame.top;
    return { part: top / frame.height, dividers: document.querySelectorAll('.divider').length };
  });
  expect(opened.part).toBeGreaterThan(0);
  expect(opened.part).toBeLessThan(1 / 3);
  expect(opened.dividers).toBe(1);
});

it('shows a conversation where the reader has left it', async ({ window: page }) => {
  await wheel(page, -6_000);
  const moved = await page.evaluate(async () => {
    const { driver } = window;
    return driver.movedBy(async () => {
      await driver.show({ name: 'unread' });
      await driver.show({ name: null });
      await driver.show({ name: 'large' });
    });
  });
  expect(moved).toBeLessThan(1);
});

it('keeps the row with the focus when it drops others', async ({ window: page }) => {
  const { first, last, focused } = await page.evaluate(async () => {
    const { driver } = window;
    await driver.handle?.scrollToSeq(50_000);
    await driver.settled();
    const row = document.activeElement;
    await driver.scrollUntil(() => driver.timeline.getSnapshot().first <= 49_850);
    const held = driver.timeline.getSnapshot();
    return { first: held.first, last: held.last, focused: row === document.activeElement };
  });
  expect(focused).toBe(true);
  expect(first).toBeLessThanOrEqual(49_850);
  expect(last).toBe(50_000);
});

it.for(['focus', 'selection'] as const)(
  'has no more rows far away from the one with the %s, which it lets go',
  async (what, { window: page }) => {
    const { most, last, focused } = await page.evaluate(async (kind) => {
      const { driver } = window;
      driver.scroller.tabIndex = 0;
      await driver.handle?.scrollToSeq(50_000);
      await driver.settled();
      if (kind === 'selection') {
        driver.scroller.focus();
        getSelection()?.selectAllChildren(driver.row(50_000) ?? document.body);
      }
      driver.watch(1);
      await driver.scrollUntil(() => driver.timeline.getSnapshot().first <= 49_400);
      return {
        most: driver.report().mostRows,
        last: driver.timeline.getSnapshot().last,
        focused: driver.scroller === document.activeElement,
      };
    }, what);
    expect(most).toBeLessThanOrEqual(MOST_ROWS);
    expect(last).toBeLessThan(50_000);
    expect(focused).toBe(true);
  },
);

it('has no more rows when messages come while a finger is on it', async ({ window: page }) => {
  const most = await page.evaluate(async () => {
    const { driver } = window;
    driver.watch(1);
    driver.scroller.scrollTop -= 100;
    const touches = [new Touch({ identifier: 1, target: driver.scroller })];
    driver.rows.at(-1)?.dispatchEvent(new TouchEvent('touchstart', { touches, bubbles: true }));
    for (let count = 0; count < 20; count += 1) {
      driver.timeline.append(40);
      await new Promise(requestAnimationFrame);
    }
    return driver.report().mostRows;
  });
  expect(most).toBeLessThanOrEqual(MOST_ROWS);
});

it('has no more rows when it opens a conversation of which more is held', async ({ window: page }) => {
  const { most, top } = await page.evaluate(async () => {
    const { driver } = window;
    const found = new Set([driver.rows.length]);
    const watcher = new MutationObserver(() => void found.add(driver.rows.length));
    watcher.observe(document.body, { childList: true, subtree: true });
    await driver.show({ name: 'long', dividerSeq: 500 });
    watcher.disconnect();
    const frame = driver.scroller.getBoundingClientRect();
    const row = driver.row(501)?.getBoundingClientRect();
    return { most: Math.max(...found), top: ((row?.top ?? Infinity) - frame.top) / frame.height };
  });
  expect(most).toBeLessThanOrEqual(MOST_ROWS);
  expect(top).toBeGreaterThan(0);
  expect(top).toBeLessThan(1 / 3);
});

it('returns to the place that was read before a jump', async ({ window: page }) => {
  await wheel(page, -3_000);
  const { place, moved, focused } = await page.evaluate(async () => {
    const { driver } = window;
    // As an entry of the browser's history would keep it.
    const before = JSON.stringify(driver.handle?.readPlace());
    const distance = await driver.movedBy(async () => {
      await driver.handle?.scrollToSeq(50_000);
      await driver.settled();
      await driver.handle?.scrollToPlace(JSON.parse(before));
    });
    const row = document.activeElement?.closest('[data-key]') ?? null;
    return { place: before, moved: distance, focused: row !== null };
  });
  expect(JSON.parse(place)).toEqual({ seq: expect.any(Number), top: expect.any(Number) });
  expect(moved).toBeLessThan(1);
  expect(focused).toBe(false);
});

it('returns to the end, and follows it, when it was left there', async ({ window: page }) => {
  const { place, distance, end } = await page.evaluate(async () => {
    const { driver } = window;
    const before = driver.handle?.readPlace();
    await driver.handle?.scrollToSeq(50_000);
    await driver.settled();
    await driver.handle?.scrollToPlace(before ?? null);
    driver.timeline.append(3);
    await driver.settled();
    return { place: before, distance: driver.distanceToEnd(), end: driver.ends.at(-1) };
  });
  expect(place).toBeNull();
  expect(distance).toBeLessThanOrEqual(1);
  expect(end).toEqual({ pinned: true, newCount: 0 });
});

it('subscribes once in strict mode, and to nothing when it has gone', async ({ openWindow }) => {
  const page = await openWindow({ mode: 'development' });
  const listeners = (): Promise<number> => page.evaluate(() => window.driver.timeline.listeners);
  expect(await listeners()).toBe(1);
  await wheel(page, -2_400);
  const left = await page.evaluate(async () => {
    const { driver } = window;
    const { timeline } = driver;
    await driver.show({ name: null });
    return timeline.listeners;
  });
  expect(left).toBe(0);
});
