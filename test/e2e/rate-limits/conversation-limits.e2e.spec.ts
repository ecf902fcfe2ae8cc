import { expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';

const it = apiTest
  .extend('variables', PER_FILE, { LIMIT_CONVERSATIONS_HOUR: '3', LIMIT_ADDED_MEMBERS_HOUR: '4' })
  .extend('ada', ({ server }) => server.signUp('Ada'))
  .extend('others', ({ server }) => Promise.all([1, 2, 3, 4, 5].map((n) => server.signUp(`Other ${n}`))))
  .extend('steps', ({ server, ada, others }) => ({
    create: (members = 0, headers: Record<string, string> = {}) =>
      server.call('POST', '/chat/conversations', {
        token: ada.token,
        body: { memberIds: others.slice(0, members).map(({ id }) => id) },
        headers,
      }),
    add: (conversationId: string, n: number) =>
      server.call('POST', `/chat/conversations/${conversationId}/members`, {
        token: ada.token,
        body: { userId: others[n]?.id },
      }),
    open: (n: number) =>
      server.call('PUT', `/chat/conversations/direct/${others[n]?.id}`, { token: ada.token }),
    hide: (n: number, addableBy: string) =>
      server.call('PUT', '/users/me', { token: others[n]?.token ?? '', body: { addableBy } }),
  }));

it('conversations of an hour are one count of groups and new direct ones; the refusal has Retry-After', async ({
  server,
  steps,
  ada,
}) => {
  expect((await steps.create()).status).toBe(201);
  expect((await steps.open(0)).status).toBe(201);
  expect((await steps.open(1)).status).toBe(201);
  const refused = await steps.open(2);
  expect([refused.status, refused.body.code]).toEqual([429, 'RATE_LIMITED']);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3_500);
  expect((await steps.create()).status).toBe(429);
  // What was there is not created.
  expect((await steps.open(0)).status).toBe(200);
  const { body } = await server.call('GET', '/chat/conversations', { token: ada.token });
  expect(body.data).toHaveLength(3);
});

it('members of an hour are one count of those of new conversations and added ones', async ({ steps }) => {
  const { id } = (await steps.create(2)).body;
  expect((await steps.add(id, 2)).status).toBe(201);
  expect((await steps.create(2)).status).toBe(429);
  expect((await steps.add(id, 3)).status).toBe(201);
  expect((await steps.add(id, 4)).body.code).toBe('RATE_LIMITED');
  expect((await steps.create()).status).toBe(201);
});

it('neither refused requests nor repeats of an answered one are counted', async ({ steps }) => {
  await steps.hide(0, 'nobody');
  for (let times = 0; times < 4; times += 1) {
    expect((await steps.create(1)).status).toBe(403);
    expect((await steps.open(0)).status).toBe(403);
  }
  await steps.hide(0, 'everyone');
  const answers = [];
  for (let times = 0; times < 4; times += 1)
    answers.push(await steps.create(1, { 'idempotency-key': 'one' }));
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
  const id = String(answers[0]?.body.id);
  for (let times = 0; times < 4; times += 1) expect((await steps.add(id, 0)).status).toBe(409);
  expect((await steps.create()).status).toBe(201);
  expect((await steps.create()).status).toBe(201);
  expect((await steps.create()).status).toBe(429);
});
