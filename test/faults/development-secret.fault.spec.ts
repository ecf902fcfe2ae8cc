import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestDatabase } from '../support/test-database.js';
import { refusal } from './refusal.js';
import { cleanUp, programFile } from './server-process.js';
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

it.concurrent('is the same for processes that create it in the same instant', async () => {
  const folder = temporaryFolder();
  const modulePath = 'arch/common/infrastructure/config/development-secret';
  const module = JSON.stringify(pathToFileURL(await programFile(modulePath)).href);
  // Each process creates the secrets of many folders, all at the same time.
  const script = `const { developmentSecret } = await import(${module});
    const secrets = [];
    for (let time = ${Date.now() + 2_000}, last = time + 600; time < last; time += 10) {
      for (; Date.now() < time; );
      secrets.push(developmentSecret(${JSON.stringify(folder)} + '/' + time));
    }
    console.log(secrets.join());`;
  const run = () => promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  const outputs = await Promise.all([run(), run(), run(), run()]);
  const secrets = outputs.map(({ stdout }) => stdout.trim().split(','));
  expect(secrets[0]).toHaveLength(60);
  expect(new Set(secrets.map((list) => list.join())).size).toBe(1);
});

it.concurrent('is refused in one line when its file was cut off', async () => {
  const dataDir = join(temporaryFolder(), 'data');
  mkdirSync(dataDir);
  writeFileSync(secretFile(dataDir), '');
  expect(await refusal(settings(dataDir))).toContain(secretFile(dataDir));
});
