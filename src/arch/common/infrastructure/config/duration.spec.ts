import { expect, it } from 'vitest';
import { parseDuration } from './duration.js';

it.each([
  ['1s', 1],
  ['30s', 30],
  ['15m', 900],
  ['12h', 43_200],
  ['7d', 604_800],
  ['999999d', 86_399_913_600],
])('%s is %i seconds', (text, seconds) => {
  expect(parseDuration(text)).toBe(seconds);
});

it.each([
  '',
  '0',
  '0s',
  '00015m',
  '900',
  's',
  '1',
  '1 s',
  ' 1s',
  '1s\n',
  '1S',
  '1ms',
  '1w',
  '1.5h',
  '-1s',
  '+1s',
  '1e3s',
  '1s2m',
  '1000000d',
])('%j is none', (text) => {
  expect(parseDuration(text)).toBeNull();
});
