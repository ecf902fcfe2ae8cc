import { expect, it } from 'vitest';
import { foldEmail } from './email-address.js';

it.each([
  ['Ada@EXAMPLE.com', 'ada@example.com'],
  ['ada@example.com', 'ada@example.com'],
  ['İ@example.com', 'İ@example.com'],
  ['\u212a@example.com', '\u212a@example.com'],
  ['É@example.com', 'É@example.com'],
  ['', ''],
])('folds %s to %s', (email, folded) => {
  expect(foldEmail(email)).toBe(folded);
});
