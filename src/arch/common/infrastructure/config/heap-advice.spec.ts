import { expect, it } from 'vitest';
import { heapAdvice } from './heap-advice.js';

it.each([
  '--max-old-space-size=128',
  '--inspect --max_old_space_size=64 --enable-source-maps',
  '--max-old-space-size 255',
])('a small heap with the default young generation is reported: %s', (options) => {
  expect(heapAdvice(options)).toMatch(
    /^With --max-old-space-size=(128|64|255) give Node --max-semi-space-size=8 /,
  );
});

it.each([
  '',
  '--max-old-space-size=256',
  '--max-old-space-size=128 --max-old-space-size=4096',
  '--max-old-space-size=128 --max-semi-space-size=8',
  '--max_semi_space_size=4 --max-old-space-size=128',
])('nothing is reported for %j', (options) => {
  expect(heapAdvice(options)).toBeUndefined();
});
