import { expect, it, onTestFinished, vi } from 'vitest';
import { displayNameFaults } from './profile.js';

it('a name that is refused already is not folded: it may be as long as a body', () => {
  const folding = vi.spyOn(String.prototype, 'normalize');
  onTestFinished(() => folding.mockRestore());
  expect(displayNameFaults('\ufdfa'.repeat(33_000))).toEqual(['must have 1 to 80 characters']);
  expect(folding).not.toHaveBeenCalled();
});

it('does not resemble that of a deleted account', () => {
  expect(displayNameFaults('Ｄｅｌｅｔｅｄ user')).toEqual(['must not be that of an account that is gone']);
});
