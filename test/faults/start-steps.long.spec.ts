import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { callApi } from '../support/api.js';
import { DEMO_CONVERSATION, logIn, send } from './demo.js';
import { waitForPostmasterEnd } from './postmaster.js';
import { cleanUp, ServerProcess } from './server-process.js';
import { temporaryFolder } from './temporary-folder.js';
import { SOON_MS, timeExit, waitForLine } from './timed-exit.js';
import { waitUntil } from './wait-until.js';

afterAll(cleanUp);

const isRoot = process.getuid?.() === 0;
const STEPS = [
  'Opening the database',
  'Migrating the database',
  'Adding the demo data',
  'Loading the application',
];

it.concurrent('a server that is stopped while it starts ends at once, and the next start continues from there', async () => {
  const DATA_DIR = join(temporaryFolder(), 'data');
  for (const step of STEPS) {
    const server = await ServerProcess.spawn({ DATA_DIR });
    await waitForLine(server, step);
    const { code, milliseconds } = await timeExit(server, () => server.child.kill('SIGTERM'));
    expect([step, code]).toEqual([step, 0]);
    expect(milliseconds).toBeLessThan(SOON_MS);
    if (existsSync(join(DATA_DIR, 'postgres'))) await waitForPostmasterEnd(DATA_DIR);
  }
  const last = await ServerProcess.start({ DATA_DIR });
  const sent = await send(last.url, await logIn(last.url), DEMO_CONVERSATION, { content: 'still here' });
  expect(sent.status).toBe(201);
  expect((await last.stop()).code).toBe(0);
});

it.concurrent('a user without a name starts everything, including the database', async () => {
  const folder = temporaryFolder();
  const DATA_DIR = join(folder, 'data');
  if (isRoot) {
    chmodSync(folder, 0o755);
    mkdirSync(DATA_DIR);
    execFileSync('chown', ['12345:12345', DATA_DIR]);
  }
  const prefix = isRoot ? ['setpriv', '--reuid=12345', '--regid=12345', '--clear-groups'] : [];
  const server = await ServerProcess.start({ DATA_DIR }, { cwd: folder, prefix });
  expect((await callApi(server.url, 'GET', '/health/ready')).status).toBe(200);
  expect(
    (await send(server.url, await logIn(server.url), DEMO_CONVERSATION, { content: 'nameless' })).status,
  ).toBe(201);
  await server.stop();
  await waitUntil(
    'the end of its PostgreSQL',
    async () => !existsSync(join(DATA_DIR, 'postgres/postmaster.pid')),
  );
});
