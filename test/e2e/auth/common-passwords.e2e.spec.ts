import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { refusal } from '../http/support.js';
import { post } from './support.js';

const it = apiTest.extend('steps', PER_FILE, ({ server }) => ({
  signup: (password: string, email = 'common@example.com') =>
    post(server, '/auth/signup', { email, password, displayName: 'Common' }),
}));

it.for(['password', 'Qwertyuiop'])('nobody signs up with %s', async (password, { steps, server }) => {
  const answer = await steps.signup(password);
  expect(refusal(answer)).toBe('400 VALIDATION_FAILED');
  expect(answer.body.details).toEqual([{ path: 'password', message: expect.stringContaining('common') }]);
  expect(answer.body.message).not.toContain(password);
  expect(await server.database.query('select from users')).toEqual([]);
});

it.for(['Common@Example.com', 'aaaaaaaa', 'CAUSERIE', 'Common N. Name'])(
  'refuses a signup with %s, without revealing anything new',
  async (password, { server }) => {
    const body = { email: 'common@example.com', password, displayName: 'common n. name' };
    const answer = await post(server, '/auth/signup', body);
    expect(refusal(answer)).toBe('400 VALIDATION_FAILED');
    expect(answer.body.details).toEqual([
      { path: 'password', message: expect.stringMatching(/must not be .+/) },
    ]);
  },
);

it('does not reveal by a common password whether an address is taken', async ({ steps }) => {
  expect((await steps.signup('uncommon enough', 'taken@example.com')).status).toBe(201);
  expect(refusal(await steps.signup('password', 'taken@example.com'))).toBe('400 VALIDATION_FAILED');
});

it('signs up with one that is uncommon enough', async ({ steps }) => {
  expect((await steps.signup('Password123!', `${randomUUID()}@example.com`)).status).toBe(201);
});

it('at login a common password is a wrong one like any other', async ({ server }) => {
  const answer = await post(server, '/auth/login', { email: 'taken@example.com', password: 'password' });
  expect(refusal(answer)).toBe('401 INVALID_CREDENTIALS');
});
