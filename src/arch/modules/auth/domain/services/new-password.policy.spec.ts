import { expect, it } from 'vitest';
import { requireGoodPassword } from './new-password.policy.js';

const COMMON = { includesPassword: (password: string) => password === 'iloveyou' };
const OWNER = { email: 'ada.lovelace@example.com', displayName: ' Ada Lovelace ' };
const judge = (password: string) => () => requireGoodPassword(password, 'newPassword', OWNER, COMMON);

it.each([
  ['ILoveYou', 'common'],
  ['aaaaaaaa', 'repeated'],
  ['aAaAaAaA', 'repeated'],
  ['abababab', 'repeated'],
  ['12312312', 'repeated'],
  ['qwerqwerq', 'repeated'],
  ['🦊'.repeat(8), 'repeated'],
  ['🦊🐻🦊🐻🦊🐻🦊🐻', 'repeated'],
  ['ada.lovelace@example.com', 'e-mail'],
  ['ADA.Lovelace', 'e-mail'],
  ['ada lovelace', 'name'],
  [' Ada Lovelace', 'name'],
  ['Causerie', 'product'],
])('refuses %s, and reports the field and the fault', (password, word) => {
  expect(judge(password)).toThrow(
    expect.objectContaining({
      code: 'VALIDATION_FAILED',
      details: [{ path: 'newPassword', message: expect.stringContaining(word) }],
    }),
  );
});

it.each([
  'correct horse battery',
  'passwordpassword',
  'abcdeabcde',
  'Ada Lovelace 1815',
  'aaaaaaab',
  'causerie-2',
])('takes %s', (password) => {
  expect(judge(password)).not.toThrow();
});
