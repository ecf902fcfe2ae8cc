import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { callApi } from '../support/api.js';
import { isRunning, runningPostmaster } from './postmaster.js';
import { refusal } from './refusal.js';
import { cleanUp, ServerProcess } from './server-process.js';
import { temporaryFolder } from './temporary-folder.js';

afterAll(cleanUp);

const JWT_ACCESS_SECRET = 'q3TzX0vM8kYw1RjB5nHc7LpD2sFgU6eA-fault-tests';

/** Root may write anywhere, unless this capability is dropped. */
const prefix = process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-dac_override,-dac_read_search'] : [];

function lockedFolder(): string {
  const folder = join(temporaryFolder(), 'locked');
  mkdirSync(folder);
  chmodSync(folder, 0o500);
  return folder;
}

function file(): string {
  const path = join(temporaryFolder(), 'file');
  writeFileSync(path, '');
  return path;
}

const unusable: [string, () => string][] = [
  ['a file', file],
  ['below a file', () => join(file(), 'data')],
  ['a folder that may not be written', lockedFolder],
  ['below a folder that may not be written', () => join(lockedFolder(), 'data')],
];

it.concurrent.each(unusable)('reports in one line that DATA_DIR is %s', async (_, dataDir) => {
  const DATA_DIR = dataDir();
  const variables = [{ DATA_DIR }, { DATA_DIR, JWT_ACCESS_SECRET }];
  const lines = await Promise.all(variables.map((given) => refusal(given, { prefix })));
  for (const line of lines) expect(line).toMatch(`DATA_DIR ${DATA_DIR} `);
});

it.concurrent('refuses a second start on the same DATA_DIR, and the first keeps running', async () => {
  const DATA_DIR = join(temporaryFolder(), 'data');
  const first = await ServerProcess.start({ DATA_DIR });
  const { pid } = runningPostmaster(DATA_DIR);
  const before = readdirSync(DATA_DIR);

  const line = await refusal({ DATA_DIR });
  expect(line).toContain(`DATA_DIR ${DATA_DIR} is in use`);
  expect(line).toContain(`pid ${first.child.pid}`);

  expect(runningPostmaster(DATA_DIR).pid).toBe(pid);
  expect(isRunning(pid)).toBe(true);
  expect(readdirSync(DATA_DIR)).toEqual(before);
  expect((await callApi(first.url, 'GET', '/health/ready')).status).toBe(200);
  expect(first.log.filter(({ level }) => level > 30)).toEqual([]);
});
