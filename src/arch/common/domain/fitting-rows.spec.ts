import { expect, it } from 'vitest';
import { PAGE_BYTES } from './page-bytes.js';
import { fittingRows } from './fitting-rows.js';

const row = (text: string) => ({ text });
const fit = (texts: readonly string[], room?: number) =>
  fittingRows(texts.map(row), ({ text }) => text.length, room).length;

it('all rows that fit are shown', () => {
  expect(fit([])).toBe(0);
  expect(fit(Array.from({ length: 500 }, () => 'x'.repeat(1_000)))).toBe(500);
});

it.each(['x', '"', '\n', '\u0001', 'é', '語', '👋'])(
  'a page of nothing but %j ends at 1 MiB, and not much earlier',
  (text) => {
    const texts = Array.from({ length: 1_000 }, () => text.repeat(4_000));
    const shown = fittingRows(texts.map(row), (each) => each.text.length);
    const bytes = Buffer.byteLength(JSON.stringify(shown));
    expect(bytes).toBeLessThanOrEqual(PAGE_BYTES);
    expect(bytes).toBeGreaterThan(PAGE_BYTES - 30_000);
  },
);

it('one row is shown, however large it is, so that paging always advances', () => {
  expect(fit(['x'.repeat(PAGE_BYTES), 'y'])).toBe(1);
});

it('there is less room in addition to something else', () => {
  expect(
    fit(
      Array.from({ length: 10 }, () => 'x'.repeat(989)),
      5_000,
    ),
  ).toBe(4);
});
