import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { callApi } from '../support/api.js';
import { TestDatabase } from '../support/test-database.js';
import { signUp } from './demo.js';
import { cleanUp, ServerProcess } from './server-process.js';
import { temporaryFolder } from './temporary-folder.js';
import { urlOf } from './test-postgres.js';

let database: TestDatabase;
beforeAll(async () => (database = await TestDatabase.create()));
afterAll(async () => {
  await cleanUp();
  await database.drop();
});

const settings = (dataDir: string) => ({ DATABASE_URL: urlOf(database.connection), DATA_DIR: dataDir });
const secretFile = (dataDir: string) => join(dataDir, 'jwt-access-secret');

async function statusWith(url: string, token: string): Promise<number> {
  return (await callApi(url, 'GET', '/chat/conversations', { token })).status;
}

it.concurrent('is created once, for its owner only, and tokens stay valid over a restart', async () => {
  const dataDir = join(temporaryFolder(), 'data');
  const first = await ServerProcess.start(settings(dataDir));
  const secret = readFileSync(secretFile(dataDir), 'utf8');
  expect(secret.length).toBeGreaterThanOrEqual(32);
  expect(statSync(secretFile(dataDir)).mode & 0o777).toBe(0o600);
  const { token } = await signUp(first.url);
  await first.stop();

  const [second, elsewhere] = await Promise.all([
    ServerProcess.start(settings(dataDir)),
    ServerProcess.start(settings(join(temporaryFolder(), 'data'))),
  ]);
  expect(readFileSync(secretFile(dataDir), 'utf8')).toBe(secret);
  expect(await statusWith(second.url, token)).toBe(200);
  expect(await statusWith(elsewhere.url, token)).toBe(401);
});

it.concurrent('is the same for processes that start together', async () => {
  const dataDir = join(temporaryFolder(), 'data');
  const servers = await Promise.all([1, 2, 3].map(() => ServerProcess.start(settings(dataDir))));
  const tokens = await Promise.all(servers.map(async ({ url }) => (await signUp(url)).token));
  const statuses = await Promise.all(
    servers.flatMap(({ url }) => tokens.map((token) => statusWith(url, token))),
  );
  expect(statuses).toEqual(Array(9).fill(200));
});
