import { expect } from 'vitest';
import { withoutAnchoring, withoutHold } from './planted-fault.ts';
import { wheel } from './window-steps.ts';
import { windowTest } from './window-test.ts';

const it = windowTest;

/** How far the messages move when older ones are loaded at the very top. */
const movedAtTop = async (): Promise<number> => {
  const { driver } = window;
  driver.scroller.scrollTop = 0;
  return driver.movedBy(() => driver.pageLoaded());
};

it('moves with the wheel where browsers keep nothing in its place, as Safari', async ({ openWindow }) => {
  const page = await openWindow({ plugins: [withoutAnchoring()] });
  const report = await wheel(page, -12_000);
  expect(report).toMatchObject({ backwards: 0, leaps: 0, uncovered: 0, moved: 12_000 });
});

it('moves nothing where browsers keep nothing in its place', async ({ openWindow }) => {
  const page = await openWindow({ plugins: [withoutAnchoring()] });
  expect(await page.evaluate(movedAtTop)).toBeLessThan(1);
  await wheel(page, -6_000);
  const moved = await page.evaluate(async () => {
    const { driver } = window;
    return [
      await driver.movedBy(() => (driver.hiddenRow('above').style.paddingTop = '220px')),
      await driver.movedBy(() => driver.dropAbove()),
    ];
  });
  expect(Math.max(...moved)).toBeLessThan(1);
});

it('would run away without its own hold, because browsers keep nothing in its place at the very top', async ({
  openWindow,
}) => {
  const page = await openWindow({ plugins: [withoutHold()] });
  expect(await page.evaluate(movedAtTop)).toBeGreaterThan(1_000);
});

it('would leap without both', async ({ openWindow }) => {
  const page = await openWindow({ plugins: [withoutAnchoring(), withoutHold()] });
  expect((await wheel(page, -6_000)).leaps).toBeGreaterThan(0);
});
