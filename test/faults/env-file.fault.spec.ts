import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestDatabase } from '../support/test-database.js';
import { refusal } from './refusal.js';
import { cleanUp, ServerProcess } from './server-process.js';
import { temporaryFolder } from './temporary-folder.js';
import { urlOf } from './test-postgres.js';

let database: TestDatabase;
let DATABASE_URL: string;
beforeAll(async () => {
  database = await TestDatabase.create();
  DATABASE_URL = urlOf(database.connection);
});
afterAll(async () => {
  await cleanUp();
  await database.drop();
});

it.concurrent('reads .env of the working folder, and variables that are set win', async () => {
  const cwd = temporaryFolder();
  // With `fatal` the server would not log its address.
  const lines = [`DATABASE_URL=${DATABASE_URL}`, 'HOST=127.0.0.1', 'LOG_LEVEL=fatal', 'PORT=1'];
  writeFileSync(join(cwd, '.env'), lines.join('\n'));
  const { url } = await ServerProcess.start({ LOG_LEVEL: 'info' }, { cwd });
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});

it.concurrent('names a variable of .env that is wrong', async () => {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, '.env'), `DATABASE_URL=${DATABASE_URL}\nJWT_ACCESS_EXPIRATION=canary\n`);
  const line = await refusal({}, { cwd });
  expect(line).toMatch(/^Configuration: JWT_ACCESS_EXPIRATION /);
  expect(line).not.toContain('canary');
});

it.concurrent('reports in one line that .env cannot be read', async () => {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, '.env'));
  expect(await refusal({ DATABASE_URL }, { cwd })).toContain('.env');
});
