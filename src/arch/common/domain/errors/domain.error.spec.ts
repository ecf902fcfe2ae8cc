import { expect, it } from 'vitest';
import { UnavailableError } from './unavailable.error.js';

it('a refusal spends no time on a stack, and errors after it have theirs', () => {
  expect(new UnavailableError().stack).not.toContain('domain.error.spec');
  expect(new Error('else').stack).toContain('domain.error.spec');
});
