import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { callApi } from '../support/api.js';
import { TestDatabase } from '../support/test-database.js';
import { TestSocket } from '../support/test-socket.js';
import { logIn } from './demo.js';
import { DEMO_CONTENTS } from './demo-contents.js';
import { ask, isRunning, runningPostmaster } from './postmaster.js';
import { refusal } from './refusal.js';
import { cleanUp, type RunningServer, ServerProcess } from './server-process.js';
import { temporaryFolder } from './temporary-folder.js';
import { urlOf } from './test-postgres.js';

let DATA_DIR: string;
let server: RunningServer;
beforeAll(async () => {
  DATA_DIR = join(temporaryFolder(), 'data');
  server = await ServerProcess.start({ DATA_DIR });
});
afterAll(cleanUp);

it.concurrent('migrate and seed connect to the database of the running server, which keeps running; seeding again changes nothing', async () => {
  const { pid, connection } = runningPostmaster(DATA_DIR);
  const before = await ask(connection, DEMO_CONTENTS);

  const programs = ['migrate', 'seed', 'seed'] as const;
  const ends = await Promise.all(programs.map((program) => ServerProcess.run({ DATA_DIR }, { program })));
  for (const { stdout } of ends) expect(stdout).toMatch(/^Nothing to do: the d/m);
  expect(ends.map(({ status, stderr }) => ({ status, stderr }))).toEqual(
    programs.map(() => ({ status: 0, stderr: '' })),
  );
  expect(await ask(connection, DEMO_CONTENTS)).toEqual(before);
  expect(runningPostmaster(DATA_DIR).pid).toBe(pid);
  expect(isRunning(pid)).toBe(true);
  expect((await callApi(server.url, 'GET', '/health/ready')).status).toBe(200);
});

it.concurrent('epoch:renew begins another epoch, which a running server sends to its sockets', async () => {
  const token = await logIn(server.url);
  const socket = await TestSocket.connect(server.url, token, { reconnection: true, reconnectionDelay: 10 });
  expect(await ServerProcess.run({ DATA_DIR }, { program: 'renew-epoch' })).toMatchObject({
    status: 0,
    stderr: '',
  });
  const readies = await socket.waitFor<{ epoch: string }>('ready', 2);
  expect(new Set(readies.map(({ epoch }) => epoch)).size).toBe(2);
  socket.close();
});

it.concurrent('refuses to seed in production', async () => {
  const database = await TestDatabase.create();
  try {
    const DATABASE_URL = urlOf({ ...inject('postgres'), database: database.connection.database });
    const JWT_ACCESS_SECRET = 'q3TzX0vM8kYw1RjB5nHc7LpD2sFgU6eA-fault-tests';
    const line = await refusal(
      { NODE_ENV: 'production', DATABASE_URL, JWT_ACCESS_SECRET },
      { program: 'seed' },
    );
    expect(line).toContain('NODE_ENV is production');
    expect(await database.query('select from users')).toHaveLength(0);
  } finally {
    await database.drop();
  }
});
