import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { dumpDatabase } from '../../src/arch/common/infrastructure/backup/dump-database.js';
import { writeBackup } from '../../src/arch/common/infrastructure/backup/write-backup.js';
import { migrate } from '../../src/arch/common/infrastructure/database/migrate.js';
import { withClient } from '../../src/arch/common/infrastructure/database/with-client.js';
import { TestDatabase } from '../support/test-database.js';
import { DEMO_CONVERSATION, history, logIn } from './demo.js';
import { refusal } from './refusal.js';
import { cleanUp, ServerProcess } from './server-process.js';
import { temporaryFolder } from './temporary-folder.js';
import { urlOf } from './test-postgres.js';

const databases: TestDatabase[] = [];
afterAll(async () => {
  await cleanUp();
  await Promise.all(databases.map((database) => database.drop()));
});

async function emptyDatabase(): Promise<TestDatabase> {
  const database = await TestDatabase.empty();
  databases.push(database);
  return database;
}

it.concurrent('a backup of the embedded database fills one of DATABASE_URL, and only an empty one', async () => {
  const embedded = { DATA_DIR: join(temporaryFolder(), 'data') };
  const file = join(temporaryFolder(), 'embedded.backup');
  await ServerProcess.run(embedded, { program: 'seed' });
  await ServerProcess.run(embedded, { program: 'backup', args: [file] });

  const database = await emptyDatabase();
  const DATABASE_URL = urlOf(database.connection);
  const restore = { program: 'restore', args: [file] } as const;
  expect(await ServerProcess.run({ DATABASE_URL }, restore)).toMatchObject({ status: 0, stderr: '' });
  expect(await refusal({ DATABASE_URL }, restore)).toMatch(/^The database of DATABASE_URL has rows in /);

  const second = join(temporaryFolder(), 'second.backup');
  const backup = { program: 'backup', args: [second] } as const;
  expect(await ServerProcess.run({ DATABASE_URL }, backup)).toMatchObject({ status: 0, stderr: '' });
  expect(await refusal({ DATABASE_URL }, backup)).toContain('is there already');
  const { url } = await ServerProcess.start({ DATABASE_URL });
  expect(await history(url, await logIn(url), DEMO_CONVERSATION)).toHaveLength(5);
});

it.concurrent('a backup of an earlier version is migrated when it is restored', async () => {
  const earlier = await emptyDatabase();
  await migrate(earlier.connection, { until: 12 });
  await earlier.query(
    "insert into users (email, password_hash, display_name) values ('a@b.example', '', 'Ünal')",
  );
  const file = join(temporaryFolder(), 'earlier.backup');
  await withClient(earlier.connection, (client) => writeBackup(file, dumpDatabase(client)));

  const database = await emptyDatabase();
  const DATABASE_URL = urlOf(database.connection);
  const restored = await ServerProcess.run({ DATABASE_URL }, { program: 'restore', args: [file] });
  expect(restored).toMatchObject({ status: 0, stderr: '' });
  const now = { display_name: 'Ünal', search_folding: 0 };
  expect(await database.query('select * from users')).toMatchObject([now]);
  expect(await database.query('select from drizzle.__drizzle_migrations')).not.toHaveLength(12);
});

it.concurrent('a missing database is not backed up, and no file is left', async () => {
  const file = join(temporaryFolder(), 'none.backup');
  const backup = { program: 'backup', args: [file] } as const;
  const DATABASE_URL = urlOf((await emptyDatabase()).connection);
  expect(await refusal({ DATABASE_URL }, backup)).toContain('nothing to back up');
  expect(await refusal({ DATA_DIR: join(temporaryFolder(), 'data') }, backup)).toContain('has no database');
  writeFileSync(file, '', { flag: 'wx' });
});

it.concurrent('a backup without disk space or permission fails with one line, leaves no file, and can be repeated', async () => {
  const database = await TestDatabase.create();
  databases.push(database);
  await database.query(`create table noise (body text);
    insert into noise select string_agg(md5(random()::text), '') from generate_series(1, 100000) n group by n % 400`);
  const DATABASE_URL = urlOf(database.connection);
  const folder = temporaryFolder();
  const backup = { program: 'backup', args: [join(folder, 'some.backup')] } as const;
  // A limit of the process causes the same error as a full disk: 256 KiB per file.
  const full = ['sh', '-c', 'trap "" XFSZ; ulimit -f 512; exec "$@"', 'sh'];
  expect(await refusal({ DATABASE_URL }, { ...backup, prefix: full })).toMatch(
    /^The backup could not be written: (EFBIG|ENOSPC): /,
  );
  expect(readdirSync(folder)).toEqual([]);

  const closed = join(folder, 'closed');
  mkdirSync(closed, { mode: 0o500 });
  chmodSync(closed, 0o500);
  // Root may write anywhere, unless this capability is dropped.
  const prefix = process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-dac_override,-dac_read_search'] : [];
  expect(await refusal({ DATABASE_URL }, { ...backup, args: [join(closed, 'some.backup')], prefix })).toMatch(
    /^The backup could not be written: EACCES: /,
  );
  expect(await ServerProcess.run({ DATABASE_URL }, backup)).toMatchObject({ status: 0, stderr: '' });
  expect(readdirSync(folder)).toEqual(['closed', 'some.backup']);
});
