import { expect, it } from 'vitest';
import { measureWeb, webRows } from '../../scripts/web-load.mjs';

const PAGE = `<script type="module" src="/assets/index-1.js"></script>
<link rel="modulepreload" href="/assets/first-2.js">
<link rel="stylesheet" href="/assets/first-3.css">
<link rel="icon" href="/favicon.svg">`;
const SIZES: Record<string, number> = {
  'index-1.js': 100,
  'first-2.js': 2_000,
  'first-3.css': 300,
  'en-4.js': 40,
  'fr-5.js': 50,
  'message-menu-6.js': 600,
  'emoji-popover-7.js': 70,
  'emoji-popover-8.css': 9_000,
  'details-9.js': 900,
};

it('measures what a browser loads first, with the texts of one language, and what it loads later', () => {
  expect(measureWeb(PAGE, Object.keys(SIZES), (name) => SIZES[name] ?? Number.NaN)).toEqual({
    requests: 5,
    scripts: 2_150,
    styles: 300,
    menu: 600,
    emoji: 70,
    other: 900,
  });
});

it('limits each of them', () => {
  const load = { requests: 1, scripts: 2, styles: 3, menu: 4, emoji: 5, other: 6 };
  expect(webRows(load).map(({ value }) => value)).toEqual(Object.values(load));
  expect(webRows(load).every(({ value, limit }) => value <= limit)).toBe(true);
});
