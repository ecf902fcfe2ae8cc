import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { expect, it, vi } from 'vitest';

import {
  eventually,
  query,
  refusal,
  serverGone,
  serverPid,
  snapshot,
  started,
  temporaryFolder,
} from './running.ts';
import { findPostgresBinaries } from '../src/postgres-binaries.ts';
import { startEmbeddedPostgres } from '../src/start-embedded-postgres.ts';

const SETTINGS = `SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit',
  'data_checksums', 'server_encoding', 'TimeZone', 'listen_addresses') ORDER BY name`;

it('makes a durable database at the first start and keeps it', async () => {
  const folder = join(temporaryFolder(), 'data');
  const first = await started(folder);
  expect(first.created).toBe(true);
  expect(statSync(folder).mode & 0o707).toBe(0o700);
  expect(await query(first.connection, SETTINGS)).toEqual([
    { name: 'TimeZone', setting: 'UTC' },
    { name: 'data_checksums', setting: 'on' },
    { name: 'fsync', setting: 'on' },
    { name: 'full_page_writes', setting: 'on' },
    { name: 'listen_addresses', setting: '' },
    { name: 'server_encoding', setting: 'UTF8' },
    { name: 'synchronous_commit', setting: 'on' },
  ]);
  await query(first.connection, `CREATE TABLE kept AS SELECT 'é' AS word`);

  const pid = await serverPid(folder);
  await Promise.all([first.stop(), first.stop()]);
  await serverGone(folder, pid, 0);
  expect(existsSync(first.connection.host)).toBe(false);

  const second = await started(folder);
  expect(second.created).toBe(false);
  expect(await query(second.connection, 'SELECT word FROM kept')).toEqual([{ word: 'é' }]);
  const { problem, message } = await refusal(folder);
  expect(problem).toBe('in-use');
  expect(message).toBe(`${folder} is in use by another process (pid ${process.pid})`);
  // a new table's files prove that the refused start left the server alone
  await query(second.connection, 'CREATE TABLE still_here ()');
});

it('writes nothing of a failing statement into the log', async () => {
  const debug = vi.fn<(line: string) => void>();
  const server = await started(join(temporaryFolder(), 'data'), {
    debug,
    warn: () => undefined,
  });
  await expect(query(server.connection, `SELECT 'my secret'::int`)).rejects.toThrow('my secret');
  await expect(query(server.connection, 'SELECT nonsense_column')).rejects.toThrow('nonsense_column');
  await server.stop();
  const lines = debug.mock.calls.flat().join('\n');
  expect(lines).toContain('database system is shut down');
  expect(lines).not.toMatch(/secret|nonsense/);
});

function fail(): never {
  throw new Error('the log is full');
}

it('a log that fails ends neither the server nor the process', async () => {
  const server = await started(join(temporaryFolder(), 'data'), { debug: fail, warn: () => undefined });
  expect(await query(server.connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

it('ignores the PostgreSQL variables of the environment', async () => {
  vi.stubEnv('PGPORT', '1');
  vi.stubEnv('PGDATA', '/nowhere');
  vi.stubEnv('PGSSLMODE', 'require');
  vi.stubEnv('LC_ALL', 'fr_FR.UTF-8');
  try {
    const { connection } = await started(join(temporaryFolder(), 'data'));
    expect(connection.port).toBe(5432);
  } finally {
    vi.unstubAllEnvs();
  }
});

it('starts in a folder whose path is too long or too odd for a socket', async () => {
  const folder = join(temporaryFolder(), 'ö "a", \'b\' '.repeat(3), 'x'.repeat(100));
  const server = await started(folder);
  expect(server.connection.host.startsWith(folder)).toBe(false);
  expect(statSync(server.connection.host).mode & 0o777).toBe(0o700);
  expect(await query(server.connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await server.stop();
  expect(existsSync(server.connection.host)).toBe(false);

  const odd = await started(join(temporaryFolder(), 'ö "a", b'));
  expect(await query(odd.connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

it('removes what an earlier start left half-made, and finishes what it had begun', async () => {
  const folder = join(temporaryFolder(), 'data');
  mkdirSync(join(folder, 'postgres.new-abc', 'base'), { recursive: true });
  writeFileSync(join(folder, 'postgres.new-abc', 'PG_VERSION'), '18\n');
  const forgotten = temporaryFolder();
  mkdirSync(join(forgotten, 'embedded-postgres-xyz'));
  symlinkSync(join(forgotten, 'embedded-postgres-xyz'), join(folder, 'postgres-socket'));

  const first = await started(folder);
  expect(first.created).toBe(true);
  expect(existsSync(join(folder, 'postgres.new-abc'))).toBe(false);
  expect(existsSync(join(forgotten, 'embedded-postgres-xyz'))).toBe(false);
  await query({ ...first.connection, database: 'postgres' }, 'DROP DATABASE owner WITH (FORCE)');
  await first.stop();

  const second = await started(folder);
  expect(await query(second.connection, 'SELECT current_database() AS name')).toEqual([{ name: 'owner' }]);
});

it('is not stopped by a stale postmaster.pid, whoever has its pid now', async () => {
  const folder = join(temporaryFolder(), 'data');
  const first = await started(folder);
  const pidFile = join(folder, 'postgres', 'postmaster.pid');
  const socketLock = join(first.connection.host, '.s.PGSQL.5432.lock');
  const [contents, lock] = [readFileSync(pidFile, 'utf8'), readFileSync(socketLock, 'utf8')];
  await first.stop();

  // this process lives, and is no PostgreSQL
  writeFileSync(pidFile, contents.replace(/^\d+/, String(process.ppid)), { mode: 0o600 });
  mkdirSync(first.connection.host, { mode: 0o700 });
  writeFileSync(socketLock, lock.replace(/^\d+/, String(process.ppid)), { mode: 0o600 });
  const second = await started(folder);
  expect(await query(second.connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

it('refuses a database of another major version, and a folder that is none, untouched', async () => {
  const folder = temporaryFolder();
  const database = join(folder, 'postgres');
  mkdirSync(join(database, 'base'), { recursive: true });
  const before = snapshot(database);
  const foreign = await refusal(folder);
  expect(foreign.problem).toBe('folder');
  expect(foreign.message).toMatch(/neither empty nor a database .* nothing was changed: move it away$/);
  expect(snapshot(database)).toEqual(before);
  for (const [version, problem] of [
    [17, 'earlier-major'],
    [99, 'later-major'],
  ]) {
    writeFileSync(join(database, 'PG_VERSION'), `${version}\n`);
    const made = snapshot(database);
    const other = await refusal(folder);
    expect(other.problem).toBe(problem);
    expect(other.message).toBe(
      `${database} was made by PostgreSQL ${version}, and this is PostgreSQL 18, nothing was changed`,
    );
    expect(snapshot(database)).toEqual(made);
  }
});

it('reports in one line that the folder cannot be used', async () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  for (const folder of [file, join(file, 'data')]) {
    const { problem, message } = await refusal(folder);
    expect(problem).toBe('folder');
    expect(message).toMatch(new RegExp(`^${folder} cannot be used: .+$`));
  }
});

it('reports why PostgreSQL does not start, in one line, and leaves the folder free', async () => {
  const folder = join(temporaryFolder(), 'data');
  const first = await started(folder);
  await first.stop();
  const control = join(folder, 'postgres', 'global', 'pg_control');
  renameSync(control, `${control}.away`);
  const { message } = await refusal(folder);
  expect(message).toMatch(/^PostgreSQL did not start: .+$/);
  expect(message).not.toContain('\n');

  renameSync(`${control}.away`, control);
  expect((await started(folder)).created).toBe(false);
});

it('leaves no server behind when it has no database to connect to', async () => {
  const folder = join(temporaryFolder(), 'data');
  const first = await started(folder);
  await query(first.connection, 'ALTER DATABASE postgres ALLOW_CONNECTIONS false');
  await first.stop();
  const { message } = await refusal(folder);
  expect(message).toMatch(/^The database in .+ could not be started: .+$/);
  expect(existsSync(join(folder, 'postgres', 'postmaster.pid'))).toBe(false);
  expect(existsSync(first.connection.host)).toBe(false);
});

it('leaves nothing of a database that could not be created', async () => {
  const folder = join(temporaryFolder(), 'data');
  const binaries = { ...(await findPostgresBinaries(import.meta.url)), initdb: '/bin/false' };
  const log = { debug: () => undefined, warn: () => undefined };
  await expect(startEmbeddedPostgres({ folder, name: 'owner', binaries, log })).rejects.toThrow(
    `The database could not be created in ${folder}: `,
  );
  expect(readdirSync(folder).filter((name) => name.startsWith('postgres'))).toEqual([]);
});

it('starts PostgreSQL again when it is killed, and not when it is being stopped', async () => {
  const warn = vi.fn<(line: string) => void>();
  const folder = join(temporaryFolder(), 'data');
  const server = await started(folder, { debug: () => undefined, warn });
  await query(server.connection, 'CREATE TABLE kept AS SELECT 1 AS one');
  const busy = query(server.connection, 'SELECT pg_sleep(60)').catch(() => 'lost');
  process.kill(await serverPid(folder), 'SIGKILL');

  const readKept = () => query(server.connection, 'SELECT one FROM kept').catch(() => undefined);
  expect(await eventually(5000, readKept)).toEqual([{ one: 1 }]);
  expect(await busy).toBe('lost');
  const killed = 'PostgreSQL ended unexpectedly (signal SIGKILL), starting it again';
  expect(warn.mock.calls[0]).toEqual([killed]);

  const killedTwice = async () => warn.mock.calls.filter(([line]) => line === killed).length === 2;
  process.kill(await serverPid(folder), 'SIGKILL');
  await eventually(5000, killedTwice);
  await server.stop();
  expect(await readKept()).toBeUndefined();
  expect((await started(folder)).created).toBe(false);
});
