import { expect } from 'vitest';
import { withoutAnchoring } from './planted-fault.ts';
import { windowTest } from './window-test.ts';

const it = windowTest;

const STEPS = 50;

it.for([
  ['with', 'images', []],
  ['without', 'large', [withoutAnchoring()]],
] as const)(
  'breaks no rule in steps of a random order, %s the scroll anchoring of the browser',
  async ([, name, plugins], { openWindow }) => {
    const page = await openWindow({ plugins: [...plugins] });
    const seed = Math.floor(Math.random() * 2 ** 32);
    await page.evaluate((conversation) => window.driver.show({ name: conversation }), name);
    const broken = await page.evaluate(
      ([count, begin]) => window.takeRandomSteps(window.driver, count, begin),
      [STEPS, seed] as const,
    );
    expect(broken, `seed ${seed}`).toEqual([]);
  },
);
