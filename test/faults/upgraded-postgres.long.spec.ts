import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findPostgresBinaries } from 'causerie-embedded-postgres';
import { startEmbeddedPostgres } from '../../src/arch/common/infrastructure/database/embedded/start-embedded-postgres.js';
import { migrate } from '../../src/arch/common/infrastructure/database/migrate.js';
import { seedDemoData } from '../../src/arch/common/infrastructure/database/seed.dev.js';
import { DEMO_CONVERSATION, history, logIn, send } from './demo.js';
import { killedAtRename } from './killed-at.js';
import { ask, runningPostmaster } from './postmaster.js';
import { refusal } from './refusal.js';
import { cleanUp, ServerProcess } from './server-process.js';
import { temporaryFolder } from './temporary-folder.js';

const ROOT = resolve(import.meta.dirname, '../..');
const EARLIER = pathToFileURL(join(ROOT, 'runtime/earlier-postgres/package.json')).href;
const log = { debug: () => undefined, warn: () => undefined };

let made: { readonly DATA_DIR: string; readonly epoch: unknown };
beforeAll(async () => {
  await promisify(execFile)(process.execPath, ['scripts/earlier-postgres.mjs'], { cwd: ROOT });
  made = await makeEarlier();
});
afterAll(cleanUp);

/** A folder with the demo data, created by the previous major version. */
async function makeEarlier(): Promise<typeof made> {
  const DATA_DIR = join(temporaryFolder(), 'data');
  const binaries = await findPostgresBinaries(EARLIER);
  const server = await startEmbeddedPostgres({ dataDir: DATA_DIR, log, binaries });
  const connection = { ...server.connection, ssl: false as const };
  await migrate(connection);
  await seedDemoData(connection);
  const [epoch] = await ask(connection, 'select epoch from database_epoch()');
  await server.stop();
  return { DATA_DIR, epoch };
}

async function copyOf(dataDir: string): Promise<string> {
  const copy = join(temporaryFolder(), 'data');
  await promisify(execFile)('cp', ['-a', dataDir, copy]);
  return copy;
}

const upgrade = { program: 'upgrade-database' } as const;
const filesIn = (dataDir: string): string[] =>
  readdirSync(dataDir)
    .filter((name) => /^postgres(\.|$)|\.backup/.test(name))
    .map((name) => name.replace(/before-.*/, 'before'))
    .toSorted();

it.concurrent('a database of the previous major version is refused in one line that names the command, which upgrades it completely', async () => {
  const DATA_DIR = await copyOf(made.DATA_DIR);
  const before = readdirSync(join(DATA_DIR, 'postgres'));
  expect(await refusal({ DATA_DIR })).toContain('run "pnpm database:upgrade"');
  expect(readdirSync(join(DATA_DIR, 'postgres'))).toEqual(before);

  expect(await ServerProcess.run({ DATA_DIR }, upgrade)).toMatchObject({ status: 0, stderr: '' });
  const { url } = await ServerProcess.start({ DATA_DIR });
  const token = await logIn(url);
  expect(await history(url, token, DEMO_CONVERSATION)).toHaveLength(5);
  const sent = await send(url, token, DEMO_CONVERSATION, { content: 'by the new one' });
  expect(sent).toMatchObject({ status: 201, body: { seq: 6 } });
  const { connection } = runningPostmaster(DATA_DIR);
  expect(await ask(connection, "select current_setting('server_version') like '18%' as new")).toEqual([
    { new: true },
  ]);
  expect(await ask(connection, 'select epoch from database_epochs')).not.toEqual([made.epoch]);
  expect(filesIn(DATA_DIR)).toEqual(['postgres', 'postgres.before']);
});

it.concurrent('an upgrade that is killed at any moment leaves one complete database, and the next command completes it', async () => {
  const DATA_DIR = await copyOf(made.DATA_DIR);
  const killed = async (to: RegExp) => {
    const program = await ServerProcess.spawn({ DATA_DIR, ...killedAtRename(to) }, upgrade);
    expect(await program.exited).toEqual({ code: null, signal: 'SIGKILL' });
    return filesIn(DATA_DIR);
  };
  // The new database is filled, and not yet marked as complete.
  const file = 'of-postgresql-17.backup';
  expect(await killed(/\/postgres\.restored$/)).toEqual([file, 'postgres', 'postgres.new-restored']);
  expect(await refusal({ DATA_DIR })).toContain('run "pnpm database:upgrade"');

  // The process is killed between the two renames.
  expect(await killed(/\/postgres$/)).toEqual([file, 'postgres.before', 'postgres.restored']);
  const other = await copyOf(DATA_DIR);
  expect(await ServerProcess.run({ DATA_DIR: other }, upgrade)).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('The database is of PostgreSQL 18 already.'),
    stderr: '',
  });
  expect(filesIn(other)).toEqual(['postgres', 'postgres.before']);
  const { url } = await ServerProcess.start({ DATA_DIR });
  expect(await history(url, await logIn(url), DEMO_CONVERSATION)).toHaveLength(5);
  expect(filesIn(DATA_DIR)).toEqual(['postgres', 'postgres.before']);
});
