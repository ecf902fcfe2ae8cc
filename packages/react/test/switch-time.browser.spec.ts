import { expect } from 'vitest';
import { medianWorkMs } from './page-metrics.ts';
import { windowTest } from './window-test.ts';

const it = windowTest;

const ROUNDS = 7;
const BUDGET_MS = 50;
/** Machines differ, and are busy: what is only slow is reported. */
const TOLERANCE = 3;

it('switches conversations in a time that is reported, beside that of the same rows without a library', async ({
  window: page,
}) => {
  const show = (name: string) => () =>
    page.evaluate((conversation) => window.driver.show({ name: conversation }), name);
  await show('unread')();
  const [windowMs = Number.NaN, plainMs = Number.NaN] = await medianWorkMs(page, ROUNDS, [
    show('large'),
    () => page.evaluate(() => window.driver.showPlainRows()),
    // It ends each round, and is not reported.
    show('unread'),
  ]);
  process.stdout.write(
    `A switch of conversations: ${windowMs.toFixed(1)} ms of ${BUDGET_MS}; plain rows: ${plainMs.toFixed(1)} ms\n`,
  );
  expect(plainMs).toBeGreaterThan(0);
  expect(windowMs).toBeLessThan(TOLERANCE * BUDGET_MS);
});
