import { expect, it } from 'vitest';
import { laneSizes } from './lanes.js';

it.each([
  [2, { messages: 1, general: 1 }],
  [8, { messages: 3, general: 5 }],
  [40, { messages: 6, general: 34 }],
  [200, { messages: 6, general: 194 }],
])('of %i connections %o', (size, lanes) => {
  expect(laneSizes(size)).toEqual(lanes);
});
