import { describe, expect } from 'vitest';
import { apiTest } from '../../support/api-test.js';
import { refusal } from '../http/support.js';
import { signWithout } from '../ws/sign-token.js';
import { disconnection, type Login, logIn, PASSWORD, post, refresh, signUp } from './support.js';

const NEXT = '  staple 🦊 wörd  ';

const it = apiTest
  .extend('ada', ({ server }) => signUp(server))
  .extend('phone', ({ server, ada }) => logIn(server, ada.email))
  .extend('steps', ({ server, ada }) => ({
    change: (body: object, token = ada.token) =>
      server.call('POST', '/auth/change-password', {
        token,
        body: { currentPassword: PASSWORD, newPassword: NEXT, ...body },
      }),
    login: (password: string) => post(server, '/auth/login', { email: ada.email, password }),
    me: ({ token }: Login) => server.call('GET', '/users/me', { token }),
  }));

it('ends every session of the user, the present one too, with their sockets, and no other', async ({
  steps,
  server,
  connect,
  ada,
  phone,
}) => {
  const eve = await signUp(server);
  const sockets = [await connect(ada), await connect(phone)];
  const bystander = await connect(eve);
  const reasons = sockets.map(disconnection);
  const { status, body } = await steps.change({});
  expect([status, body]).toEqual([204, undefined]);
  expect(await Promise.all(reasons)).toEqual(['io server disconnect', 'io server disconnect']);
  for (const session of [ada, phone]) {
    expect(refusal(await steps.me(session))).toBe('401 SESSION_REVOKED');
    expect(refusal(await refresh(server, session.refreshToken))).toBe('401 REFRESH_TOKEN_INVALID');
  }
  expect((await steps.me(eve)).status).toBe(200);
  await bystander.settle();
  expect(bystander.all('session_revoked')).toEqual([]);
});

it('accepts the new password unchanged, and the old one no longer', async ({ steps }) => {
  await steps.change({});
  expect(refusal(await steps.login(PASSWORD))).toBe('401 INVALID_CREDENTIALS');
  expect(refusal(await steps.login(NEXT.trim()))).toBe('401 INVALID_CREDENTIALS');
  expect((await steps.login(NEXT)).status).toBe(200);
});

describe('refuses and changes nothing', () => {
  it.for([
    ['a wrong current password', { currentPassword: PASSWORD.toUpperCase() }, '401 INVALID_CREDENTIALS'],
    ['a current password with blanks', { currentPassword: ` ${PASSWORD}` }, '401 INVALID_CREDENTIALS'],
    ['a common new password', { newPassword: 'qwertyuiop' }, '400 VALIDATION_FAILED'],
    ['a common new password in another case', { newPassword: 'QwertyUIOP' }, '400 VALIDATION_FAILED'],
    ['a new password of 7 emoji', { newPassword: '🦊'.repeat(7) }, '400 VALIDATION_FAILED'],
    ['a new password of 129 emoji', { newPassword: '🦊'.repeat(129) }, '400 VALIDATION_FAILED'],
    ['a new password with U+0000', { newPassword: 'pass\0word123' }, '400 VALIDATION_FAILED'],
    ['no current password', { currentPassword: undefined }, '400 VALIDATION_FAILED'],
    ['an empty current password', { currentPassword: '' }, '400 VALIDATION_FAILED'],
    ['a current password of 129', { currentPassword: 'x'.repeat(129) }, '400 VALIDATION_FAILED'],
    ['an unknown field', { userId: 'x' }, '400 VALIDATION_FAILED'],
  ] as const)('%s', async ([_label, body, expected], { steps, ada }) => {
    expect(refusal(await steps.change(body))).toBe(expected);
    expect((await steps.me(ada)).status).toBe(200);
    expect((await steps.login(PASSWORD)).status).toBe(200);
  });

  it('who has no token, or not the permission', async ({ steps, server, ada }) => {
    expect(refusal(await post(server, '/auth/change-password', {}))).toBe('401 TOKEN_MISSING');
    const token = await signWithout(server, ada, 'user', 'update');
    expect(refusal(await steps.change({}, token))).toBe('403 PERMISSION_DENIED');
  });
});

it('names the field that is common', async ({ steps }) => {
  const { body } = await steps.change({ newPassword: 'password123' });
  expect(body.details).toEqual([{ path: 'newPassword', message: expect.stringContaining('common') }]);
});

it('lets one of ten parallel changes win, and keeps the account in order', async ({ steps }) => {
  const passwords = Array.from({ length: 10 }, (_, n) => `another password ${n}`);
  const answers = await Promise.all(passwords.map((newPassword) => steps.change({ newPassword })));
  expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
  const opened = await Promise.all(passwords.map((password) => steps.login(password)));
  expect(opened.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(refusal(await steps.login(PASSWORD))).toBe('401 INVALID_CREDENTIALS');
});
