import { join } from 'node:path';
import { afterEach, expect, it, onTestFinished } from 'vitest';
import { chooseLaunchWay } from '../../src/arch/common/infrastructure/database/embedded/choose-launch-way.js';
import { openDataDir } from '../../src/arch/common/infrastructure/database/embedded/data-dir.js';
import type { EmbeddedConnection } from '../../src/arch/common/infrastructure/database/embedded/embedded-postgres.js';
import { findPostgresBinaries } from '../../src/arch/common/infrastructure/database/embedded/postgres-binaries.js';
import {
  type PostgresProcess,
  spawnPostgres,
} from '../../src/arch/common/infrastructure/database/embedded/postgres-process.js';
import { serverArguments } from '../../src/arch/common/infrastructure/database/embedded/server-settings.js';
import { makeSocketFolder } from '../../src/arch/common/infrastructure/database/embedded/socket-folder.js';
import { startEmbeddedPostgres } from '../../src/arch/common/infrastructure/database/embedded/start-embedded-postgres.js';
import { TestDatabase } from '../support/test-database.js';
import { ask } from './postmaster.js';
import { refusal } from './refusal.js';
import { cleanUp, ServerProcess } from './server-process.js';
import { temporaryFolder } from './temporary-folder.js';
import { urlOf } from './test-postgres.js';

const servers: PostgresProcess[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
  await cleanUp();
});

const silent = { debug: () => undefined, warn: () => undefined };
const production = (connection: EmbeddedConnection) => ({
  NODE_ENV: 'production',
  HOST: '127.0.0.1',
  JWT_ACCESS_SECRET: 'q3TzX0vM8kYw1RjB5nHc7LpD2sFgU6eA',
  DATABASE_URL: urlOf(connection),
});

/** A PostgreSQL of the test's own, with a new database and other settings than ours. */
async function postgresWith(...settings: string[]): Promise<EmbeddedConnection> {
  const folder = join(temporaryFolder(), 'data');
  const maker = await startEmbeddedPostgres({ dataDir: folder, log: silent });
  await maker.stop();
  const [dataDir, { postgres }] = await Promise.all([openDataDir(folder), findPostgresBinaries()]);
  const { prefix, owner } = await chooseLaunchWay(dataDir, postgres);
  const host = await makeSocketFolder(dataDir.socket, owner);
  const changed = settings.flatMap((setting) => ['-c', setting]);
  const command = [...prefix, postgres, ...serverArguments(dataDir.database, host), ...changed];
  const server = spawnPostgres(command, silent);
  servers.push(server);
  await server.ready;
  return { ...maker.connection, host };
}

const tables = (connection: EmbeddedConnection) =>
  ask(connection, `select from pg_tables where schemaname = 'public'`);

it.each(['fsync', 'full_page_writes', 'synchronous_commit'])(
  'production does not start on a PostgreSQL with %s off, and leaves it as it is',
  async (setting) => {
    const connection = await postgresWith(`${setting}=off`);
    expect(await refusal(production(connection))).toBe(
      `The PostgreSQL of DATABASE_URL has ${setting} off: a crash may lose or damage what was acknowledged. ` +
        'Turn it on, or set ALLOW_UNSAFE_DATABASE=true.',
    );
    expect(await tables(connection)).toEqual([]);
  },
);

it('production names all that is off, and starts when it is told to', async () => {
  const connection = await postgresWith('fsync=off', 'full_page_writes=off', 'synchronous_commit=off');
  const line = await refusal({ ...production(connection), ALLOW_UNSAFE_DATABASE: 'false' });
  expect(line).toContain('has fsync, full_page_writes, synchronous_commit off');
  const server = await ServerProcess.start({ ...production(connection), ALLOW_UNSAFE_DATABASE: 'true' });
  expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
  expect((await tables(connection)).length).toBeGreaterThan(5);
});

it('production sees what is off for its database alone; development does not mind', async () => {
  const database = await TestDatabase.create();
  onTestFinished(() => database.drop());
  const { connection } = database;
  for (const value of ['local', 'remote_write', 'on']) {
    await database.query(`alter database ${connection.database} set synchronous_commit = ${value}`);
    await (await ServerProcess.start(production(connection))).stop();
  }
  await database.query(`alter database ${connection.database} set synchronous_commit = off`);
  expect(await refusal(production(connection))).toContain('has synchronous_commit off');
  await ServerProcess.start({ DATABASE_URL: urlOf(connection) });
  await cleanUp();
});
