import { expect } from 'vitest';
import { seedDemoData } from '../../../src/arch/common/infrastructure/database/seed.dev.js';
import { apiTest, PER_FILE } from '../../support/api-test.js';

const it = apiTest.extend('steps', PER_FILE, ({ server }) => ({
  snapshot: () => server.database.query('select * from posts order by id'),
}));

it.beforeAll(async ({ server }) => {
  await seedDemoData(server.database.connection);
});

it('the demo data has five public posts and two private ones, by two users', async ({ steps, server }) => {
  const { body } = await server.call('GET', '/posts');
  expect(body.total).toBe(5);
  expect(
    new Set(body.data.map(({ ownerDisplayName }: { ownerDisplayName: string }) => ownerDisplayName)),
  ).toEqual(new Set(['User One', 'User Two']));
  const { body: login } = await server.call('POST', '/auth/login', {
    body: { email: 'user1@example.com', password: 'Password123!' },
  });
  expect((await server.call('GET', '/posts', { token: login.accessToken })).body.total).toBe(6);
  expect(await steps.snapshot()).toHaveLength(7);
});

it('a second time changes nothing', async ({ steps, server }) => {
  const before = await steps.snapshot();
  await seedDemoData(server.database.connection);
  expect(await steps.snapshot()).toEqual(before);
});
