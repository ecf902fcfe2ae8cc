import { describe, expect, it } from 'vitest';
import { loginSchema } from './login.dto.js';
import { signupSchema } from './signup.dto.js';

const SIGNUP = { email: 'ada@example.com', password: 'correct horse battery', displayName: 'Ada' };
const LOGIN = { email: 'ada@example.com', password: 'x' };

describe('signup', () => {
  it.each([
    {},
    { password: '12345678' },
    { password: '👩'.repeat(128) },
    { displayName: '👩'.repeat(80) },
    { email: 'Ada+tag@Example.com' },
  ])('takes %j', (change) => {
    expect(signupSchema.parse({ ...SIGNUP, ...change })).toEqual({ ...SIGNUP, ...change });
  });

  it.each([
    { email: 'ada' },
    { email: '' },
    { email: 'ada@example.com\n' },
    { email: `${'a'.repeat(64)}@${'b'.repeat(200)}.com` },
    { email: undefined },
    { password: '1234567' },
    { password: '👩'.repeat(7) },
    { password: 'x'.repeat(129) },
    { password: undefined },
    { displayName: '' },
    { displayName: ' ' },
    { displayName: 'x'.repeat(81) },
    { displayName: undefined },
    { bio: 'unknown field' },
  ])('refuses %j', (change) => {
    expect(signupSchema.safeParse({ ...SIGNUP, ...change }).success).toBe(false);
  });
});

describe('login', () => {
  it.each([{}, { password: 'x'.repeat(128) }, { email: 'not an address' }])('takes %j', (change) => {
    expect(loginSchema.parse({ ...LOGIN, ...change })).toEqual({ ...LOGIN, ...change });
  });

  it.each([
    { password: '' },
    { password: 'x'.repeat(129) },
    { password: undefined },
    { email: '' },
    { email: 'a\0' },
    { email: undefined },
    { displayName: 'Ada' },
  ])('refuses %j', (change) => {
    expect(loginSchema.safeParse({ ...LOGIN, ...change }).success).toBe(false);
  });
});
