import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { TestDatabase } from '../support/test-database.js';
import { logIn } from './demo.js';
import { DEMO_CONTENTS } from './demo-contents.js';
import { ask, postmasterOf, runningPostmaster } from './postmaster.js';
import { cleanUp, ServerProcess } from './server-process.js';
import { temporaryFolder } from './temporary-folder.js';
import { urlOf } from './test-postgres.js';

afterAll(cleanUp);

const MIGRATIONS = fileURLToPath(
  new URL('../../src/arch/common/infrastructure/database/migrations', import.meta.url),
);

it.concurrent('migrate and seed work without a running server, and leave none running; the start finds their data', async () => {
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
    stdout: `${embedded}\nDemo data added: accounts 6, conversations 8, messages 71, posts 7.\n${logins}`,
    stderr: '',
  });
  expect(postmasterOf(DATA_DIR)).toBeUndefined();

  const { url } = await ServerProcess.start({ DATA_DIR });
  expect(await ask(runningPostmaster(DATA_DIR).connection, 'select count(*)::int from messages')).toEqual([
    { count: 71 },
  ]);
  await logIn(url);
});

it.concurrent('adds demo data to a database of DATABASE_URL only on command, and once', async () => {
  const database = await TestDatabase.create();
  try {
    const DATABASE_URL = urlOf(database.connection);
    const server = await ServerProcess.start({ DATABASE_URL });
    await server.until(() => server.log.find(({ msg }) => msg.includes('documentation')));
    expect(await database.query('select from users')).toHaveLength(0);

    expect(await ServerProcess.run({ DATABASE_URL }, { program: 'seed' })).toMatchObject({ status: 0 });
    const seeded = await database.query(DEMO_CONTENTS);
    expect(seeded).toMatchObject([{ users: { length: 6 }, messages: { length: 71 } }]);
    await logIn(server.url);

    expect(await ServerProcess.run({ DATABASE_URL }, { program: 'seed' })).toMatchObject({ status: 0 });
    expect(await database.query(DEMO_CONTENTS)).toEqual(seeded);
    await server.stop();
    expect(server.stdout).not.toContain('Password123!');
  } finally {
    await database.drop();
  }
});
