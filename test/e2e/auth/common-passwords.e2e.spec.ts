import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestServer } from '../../support/test-server.js';
import { refusal } from '../http/support.js';
import { post } from './support.js';

let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.stop());

const signup = (password: string, email = 'common@example.com') =>
  post(server, '/auth/signup', { email, password, displayName: 'Common' });

it.each(['password', 'Qwertyuiop'])('nobody signs up with %s', async (password) => {
  const answer = await signup(password);
  expect(refusal(answer)).toBe('400 VALIDATION_FAILED');
  expect(answer.body.details).toEqual([{ path: 'password', message: expect.stringContaining('common') }]);
  expect(answer.body.message).not.toContain(password);
  expect(await server.database.query('select from users')).toEqual([]);
});

it.each(['Common@Example.com', 'aaaaaaaa', 'CAUSERIE', 'Common N. Name'])(
  'nobody signs up with %s, which says nothing that is not known',
  async (password) => {
    const body = { email: 'common@example.com', password, displayName: 'common n. name' };
    const answer = await post(server, '/auth/signup', body);
    expect(refusal(answer)).toBe('400 VALIDATION_FAILED');
    expect(answer.body.details).toEqual([
      { path: 'password', message: expect.stringMatching(/must not be .+/) },
    ]);
  },
);

it('does not tell by a common password whether an address is taken', async () => {
  expect((await signup('uncommon enough', 'taken@example.com')).status).toBe(201);
  expect(refusal(await signup('password', 'taken@example.com'))).toBe('400 VALIDATION_FAILED');
});

it('signs up with one that is uncommon enough', async () => {
  expect((await signup('Password123!', `${randomUUID()}@example.com`)).status).toBe(201);
});

it('at login a common password is a wrong one like any other', async () => {
  const answer = await post(server, '/auth/login', { email: 'taken@example.com', password: 'password' });
  expect(refusal(answer)).toBe('401 INVALID_CREDENTIALS');
});
