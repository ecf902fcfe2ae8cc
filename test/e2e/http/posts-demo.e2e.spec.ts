import { afterAll, beforeAll, expect, it } from 'vitest';
import { seedDemoData } from '../../../src/arch/common/infrastructure/database/seed.dev.js';
import { TestServer } from '../../support/test-server.js';

let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start();
  await seedDemoData(server.database.connection);
});
afterAll(() => server.stop());

const snapshot = () => server.database.query('select * from posts order by id');

it('the demo data has five public posts and two private ones, by two users', async () => {
  const { body } = await server.call('GET', '/posts');
  expect(body.total).toBe(5);
  expect(
    new Set(body.data.map(({ ownerDisplayName }: { ownerDisplayName: string }) => ownerDisplayName)),
  ).toEqual(new Set(['User One', 'User Two']));
  const { body: login } = await server.call('POST', '/auth/login', {
    body: { email: 'user1@example.com', password: 'Password123!' },
  });
  expect((await server.call('GET', '/posts', { token: login.accessToken })).body.total).toBe(6);
  expect(await snapshot()).toHaveLength(7);
});

it('a second time changes nothing', async () => {
  const before = await snapshot();
  await seedDemoData(server.database.connection);
  expect(await snapshot()).toEqual(before);
});
