import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { weaknessOf } from './weak-secret.js';

const GOOD = 'q3TzX0vM8kYw1RjB5nHc7LpD2sFgU6eA';

it.each([
  ['openssl rand -hex 32', () => randomBytes(32).toString('hex')],
  ['openssl rand -hex 16', () => randomBytes(16).toString('hex')],
  ['openssl rand -base64 32', () => randomBytes(32).toString('base64')],
  ['openssl rand -base64 48', () => randomBytes(48).toString('base64')],
])('refuses none of 10,000 secrets as %s makes them', (_, make) => {
  const refused = Array.from({ length: 10_000 }, make).filter((secret) => weaknessOf(secret) !== undefined);
  expect(refused).toEqual([]);
});

it.each([
  GOOD,
  GOOD.replace('Yw1RjB', 'SAmpLe'),
  `correct ${GOOD}`,
  `my-${GOOD}-prod`,
  '👩🦊🐘'.repeat(2) + GOOD,
])('accepts %s', (secret) => {
  expect(weaknessOf(secret)).toBeUndefined();
});

it.each([
  ['fewer than 32 bytes', GOOD.slice(1)],
  ['one character', 'a'.repeat(64)],
  ['seven characters', 'a7fk2mq'.padEnd(40, 'fa7mk2qqma2k')],
  ['a sequence three times and a part of it', 'k9Xw2mQz7Rb'.repeat(4).slice(0, 38)],
  ['a sequence twice', 'k9Xw2mQz7RbT4pLs'.repeat(2)],
  ['the alphabet and digits', 'abcdefghijklmnopqrstuvwxyz0123456789'],
  ['digits and the alphabet as hexadecimal has them', '0123456789abcdef0123456789abcdef-canary'],
  ['the alphabet backwards', 'zyxwvutsrqponmlkjihgfedcba9876543210'],
  ['rows of a keyboard', 'qwertyuiopasdfghjklzxcvbnm1234567890'],
  ['long repetitions of characters', 'aaaaaaaabbbbbbbbccccccccddddddddeeeffghij'],
  ['words', 'super-duper-secret-jwt-signing-key-for-production'],
  ['words with digits for letters', 'p455w0rd-s3cr3t-adm1n-l3tm31n-pr0duct10n'],
  ['words that are half of it', 'password-secret-admin-k9Xw2mQz7RbT4pLsV'],
  ['a sample', `change-me-${GOOD}`],
  ['a sample in capitals', `CHANGE_ME-${GOOD}`],
  ['a sample with capitals', `ReplaceThis-${GOOD}`],
  ['a sample by its name', `EXAMPLE-${GOOD}`],
])('refuses %s, without naming it', (_, secret) => {
  const weakness = weaknessOf(secret);
  expect(weakness).toMatch(/^must .{10,}/);
  expect(weakness).not.toContain(secret);
});
