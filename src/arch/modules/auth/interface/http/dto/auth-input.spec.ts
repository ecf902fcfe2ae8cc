import { describe, expect, it } from 'vitest';
import { changePasswordSchema } from './change-password.dto.js';
import { loginSchema } from './login.dto.js';
import { refreshSchema } from './refresh.dto.js';
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

describe('refresh', () => {
  it.each(['x', 'x'.repeat(512), '👩'.repeat(512), 'a.b.c', ' ', 'a\0', 'x\ud800'])(
    'takes %j',
    (refreshToken) => {
      expect(refreshSchema.parse({ refreshToken })).toEqual({ refreshToken });
    },
  );

  it.each([
    { refreshToken: '' },
    { refreshToken: 'x'.repeat(513) },
    { refreshToken: '👩'.repeat(513) },
    { refreshToken: 7 },
    { refreshToken: null },
    {},
    { refreshToken: 'x', session: 'y' },
  ])('refuses %j', (body) => {
    expect(refreshSchema.safeParse(body).success).toBe(false);
  });
});

describe('change-password', () => {
  const CHANGE = { currentPassword: 'x', newPassword: 'staple battery horse' };

  it.each([
    {},
    { currentPassword: '👩'.repeat(128) },
    { newPassword: '12345678' },
    { newPassword: '👩'.repeat(128) },
  ])('takes %j', (change) => {
    expect(changePasswordSchema.parse({ ...CHANGE, ...change })).toEqual({ ...CHANGE, ...change });
  });

  it.each([
    { currentPassword: '' },
    { currentPassword: 'x'.repeat(129) },
    { currentPassword: undefined },
    { newPassword: '1234567' },
    { newPassword: '👩'.repeat(129) },
    { newPassword: 'pass\0word123' },
    { newPassword: undefined },
    { userId: 'somebody else' },
  ])('refuses %j', (change) => {
    expect(changePasswordSchema.safeParse({ ...CHANGE, ...change }).success).toBe(false);
  });
});
