import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, inject, it } from 'vitest';
import { callApi } from '../support/api.js';
import { TestDatabase } from '../support/test-database.js';
import { TestSocket } from '../support/test-socket.js';
import { logIn } from './demo.js';
import { ask, isRunning, postmasterOf, runningPostmaster } from './postmaster.js';
import { refusal } from './refusal.js';
import { cleanUp, ServerProcess } from './server-process.js';
import { temporaryFolder } from './temporary-folder.js';
import { urlOf } from './test-postgres.js';

afterAll(cleanUp);

const MIGRATIONS = fileURLToPath(
  new URL('../../src/arch/common/infrastructure/database/migrations', import.meta.url),
);

const CONTENTS = `select (select json_agg(u order by id) from users u) users,
  (select json_agg(c order by id) from conversations c) conversations,
  (select json_agg(m order by user_id) from conversation_members m) members,
  (select json_agg(m order by seq) from messages m) messages`;

it.concurrent('migrate and seed work without a running server, and leave none; the start finds what they made', async () => {
  const DATA_DIR = join(temporaryFolder(), 'data');
  const tags = readdirSync(MIGRATIONS)
    .filter((name) => name.endsWith('.sql'))
    .map((name) => name.slice(0, -4));
  const embedded = `Database: the embedded one in ${DATA_DIR}`;
  expect(await ServerProcess.run({ DATA_DIR }, { program: 'migrate' })).toEqual({
    status: 0,
    stdout: [
      embedded,
      ...tags.map((tag) => `Applied ${tag}`),
      `Migrations applied: ${tags.length}.`,
      '',
    ].join('\n'),
    stderr: '',
  });
  expect(postmasterOf(DATA_DIR)).toBeUndefined();
  const logins =
    'Demo logins: user1@example.com, user2@example.com, user3@example.com, password Password123!\n';
  expect(await ServerProcess.run({ DATA_DIR }, { program: 'seed' })).toEqual({
    status: 0,
    stdout: `${embedded}\nDemo data added: accounts 3, conversations 1, messages 5, posts 7.\n${logins}`,
    stderr: '',
  });
  expect(postmasterOf(DATA_DIR)).toBeUndefined();

  const { url } = await ServerProcess.start({ DATA_DIR });
  expect(await ask(runningPostmaster(DATA_DIR).connection, 'select count(*)::int from messages')).toEqual([
    { count: 5 },
  ]);
  await logIn(url);
});

it.concurrent('migrate and seed attach to the running server, which goes on; seeding again changes nothing', async () => {
  const DATA_DIR = join(temporaryFolder(), 'data');
  const server = await ServerProcess.start({ DATA_DIR });
  const { pid, connection } = runningPostmaster(DATA_DIR);
  const before = await ask(connection, CONTENTS);

  const programs = ['migrate', 'seed', 'seed'] as const;
  const ends = await Promise.all(programs.map((program) => ServerProcess.run({ DATA_DIR }, { program })));
  for (const { stdout } of ends) expect(stdout).toMatch(/^Nothing to do: the d/m);
  expect(ends.map(({ status, stderr }) => ({ status, stderr }))).toEqual(
    programs.map(() => ({ status: 0, stderr: '' })),
  );
  expect(await ask(connection, CONTENTS)).toEqual(before);
  expect(runningPostmaster(DATA_DIR).pid).toBe(pid);
  expect(isRunning(pid)).toBe(true);
  expect((await callApi(server.url, 'GET', '/health/ready')).status).toBe(200);
});

it.concurrent('epoch:renew begins another epoch, of which a running server tells its sockets', async () => {
  const DATA_DIR = join(temporaryFolder(), 'data');
  const server = await ServerProcess.start({ DATA_DIR });
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

it.concurrent('puts no demo data into a database of DATABASE_URL by itself, and all of it once when told to', async () => {
  const database = await TestDatabase.create();
  try {
    const DATABASE_URL = urlOf(database.connection);
    const server = await ServerProcess.start({ DATABASE_URL });
    await server.until(() => server.log.find(({ msg }) => msg.includes('documentation')));
    expect(await database.query('select from users')).toHaveLength(0);

    expect(await ServerProcess.run({ DATABASE_URL }, { program: 'seed' })).toMatchObject({ status: 0 });
    const seeded = await database.query(CONTENTS);
    expect(seeded).toMatchObject([{ users: { length: 3 }, messages: { length: 5 } }]);
    await logIn(server.url);

    expect(await ServerProcess.run({ DATABASE_URL }, { program: 'seed' })).toMatchObject({ status: 0 });
    expect(await database.query(CONTENTS)).toEqual(seeded);
    await server.stop();
    expect(server.stdout).not.toContain('Password123!');
  } finally {
    await database.drop();
  }
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
