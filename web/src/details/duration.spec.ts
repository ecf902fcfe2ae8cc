import { expect, it } from 'vitest';
import { duration } from './duration.ts';

it.each([
  [5, '5 seconds'],
  [90, '90 seconds'],
  [60, '1 minute'],
  [3_600, '1 hour'],
  [604_800, '7 days'],
])('%i is %s', (seconds, text) => expect(duration('en', seconds)).toBe(text));
