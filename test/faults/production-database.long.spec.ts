import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import {
  chooseLaunchStrategy,
  type EmbeddedConnection,
  makeSocketFolder,
  type PostgresProcess,
  serverArguments,
  spawnPostgres,
} from 'causerie-embedded-postgres';
import { openDataDir } from '../../src/arch/common/infrastructure/database/embedded/data-dir.js';
import { findOwnBinaries } from '../../src/arch/common/infrastructure/database/embedded/own-binaries.js';
import { startEmbeddedPostgres } from '../../src/arch/common/infrastructure/database/embedded/start-embedded-postgres.js';
import { TestDatabase } from '../support/test-database.js';
import { ask } from './postmaster.js';
import { refusal } from './refusal.js';
import { cleanUp, ServerProcess } from './server-process.js';
import { temporaryFolder } from './temporary-folder.js';
import { urlOf } from './test-postgres.js';
import { waitUntil } from './wait-until.js';

const SETTINGS = ['fsync', 'full_page_writes', 'synchronous_commit'];

let postgres: PostgresProcess;
let connection: EmbeddedConnection;
beforeAll(async () => ({ postgres, connection } = await postgresWithoutOurs()));
afterAll(async () => {
  await postgres.stop();
  await cleanUp();
});

const silent = { debug: () => undefined, warn: () => undefined };
const production = (database: EmbeddedConnection) => ({
  NODE_ENV: 'production',
  HOST: '127.0.0.1',
  JWT_ACCESS_SECRET: 'q3TzX0vM8kYw1RjB5nHc7LpD2sFgU6eA',
  DATABASE_URL: urlOf(database),
});

/** A PostgreSQL of its own, with a new database, whose settings can be changed. */
async function postgresWithoutOurs(): Promise<{ postgres: PostgresProcess; connection: EmbeddedConnection }> {
  const folder = join(temporaryFolder(), 'data');
  const maker = await startEmbeddedPostgres({ dataDir: folder, log: silent });
  await maker.stop();
  const [dataDir, { postgres: file }] = await Promise.all([openDataDir(folder), findOwnBinaries()]);
  const { prefix, owner } = await chooseLaunchStrategy(dataDir, file);
  const host = await makeSocketFolder(dataDir.socket, owner);
  const ours = new RegExp(`-c\0(${SETTINGS.join('|')})=on\0`, 'g');
  const options = serverArguments(dataDir.database, host).join('\0').replaceAll(ours, '').split('\0');
  const server = spawnPostgres([...prefix, file, ...options], silent);
  await server.ready;
  return { postgres: server, connection: { ...maker.connection, host } };
}

/** Switches these settings off, and those that an earlier test has switched off on again. */
async function turnOff(...settings: string[]): Promise<void> {
  await ask(connection, 'alter system reset all');
  for (const setting of settings) await ask(connection, `alter system set ${setting} = off`);
  await ask(connection, 'select pg_reload_conf()');
  const off = `select name from pg_settings where setting = 'off' and name = any($1) order by name`;
  await waitUntil('the new settings', async () => {
    const found = await ask<{ name: string }>(connection, off, [SETTINGS]);
    return found.map(({ name }) => name).join() === settings.join();
  });
}

const tables = () => ask(connection, `select from pg_tables where schemaname = 'public'`);

it.each(SETTINGS)(
  'production does not start on a PostgreSQL with %s off, and leaves it as it is',
  async (setting) => {
    await turnOff(setting);
    expect(await refusal(production(connection))).toBe(
      `The PostgreSQL of DATABASE_URL has ${setting} off: a crash may lose or damage what was acknowledged. ` +
        'Turn it on, or set ALLOW_UNSAFE_DATABASE=true.',
    );
    expect(await tables()).toEqual([]);
  },
);

it('production names all settings that are off, and starts with ALLOW_UNSAFE_DATABASE', async () => {
  await turnOff(...SETTINGS);
  const line = await refusal({ ...production(connection), ALLOW_UNSAFE_DATABASE: 'false' });
  expect(line).toContain('has fsync, full_page_writes, synchronous_commit off');
  const server = await ServerProcess.start({ ...production(connection), ALLOW_UNSAFE_DATABASE: 'true' });
  expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
  expect((await tables()).length).toBeGreaterThan(5);
});

it('production detects settings that are off for its database alone; development accepts them', async () => {
  const databases = await Promise.all(
    ['local', 'remote_write', 'on', 'off'].map(async (value) => {
      const database = await TestDatabase.create();
      onTestFinished(() => database.drop());
      await database.query(
        `alter database ${database.connection.database} set synchronous_commit = ${value}`,
      );
      return database.connection;
    }),
  );
  const off = databases.pop() as TestDatabase['connection'];
  const settings = [{ DATABASE_URL: urlOf(off) }, ...databases.map(production)];
  const starting = settings.map((given) => ServerProcess.start(given));
  expect(await refusal(production(off))).toContain('has synchronous_commit off');
  for (const server of await Promise.all(starting)) await server.stop();
});
