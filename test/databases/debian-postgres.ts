import { existsSync, globSync } from 'node:fs';
import { chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  chooseLaunchStrategy,
  type EmbeddedConnection,
  makeSocketFolder,
  removeSocketFolder,
  run,
  serverArguments,
  spawnPostgres,
} from 'causerie-embedded-postgres';
import { openDataDir } from '../../src/arch/common/infrastructure/database/embedded/data-dir.js';

/** The folder where Debian and Ubuntu install the programs of a major version. */
const PROGRAMS = '/usr/lib/postgresql/*/bin/postgres';
const USER = 'causerie';
const silent = { debug: () => undefined, warn: () => undefined };

export interface DebianPostgres {
  readonly version: string;
  /** The address of its maintenance database. */
  readonly connection: EmbeddedConnection & { readonly ssl: false };
  /** The reason why it has no Turkish locale of libc; undefined when it has one. */
  readonly withoutTurkish: string | undefined;
  stop(): Promise<void>;
}

/** A server of Debian's package with the locale C.UTF-8; a text is the reason why there is none. */
export async function startDebianPostgres(): Promise<DebianPostgres | string> {
  const postgres = globSync(PROGRAMS).toSorted().at(-1);
  if (postgres === undefined) return 'apt-get install postgresql: there is no /usr/lib/postgresql';
  const folder = await mkdtemp(join(tmpdir(), 'causerie-debian-'));
  const dataDir = await openDataDir(join(folder, 'data'));
  const strategy = await chooseLaunchStrategy(dataDir, postgres);
  const locales = join(folder, 'locales');
  const withoutTurkish = await compileTurkish(locales);
  const prefix = [...strategy.prefix, 'env', ...(withoutTurkish === undefined ? [`LOCPATH=${locales}`] : [])];
  await mkdir(dataDir.database, { mode: 0o700 });
  if (strategy.owner) await chown(dataDir.database, strategy.owner.uid, strategy.owner.gid);
  const options = ['-D', dataDir.database, '-U', USER, '--auth=trust', '--locale=C.UTF-8', '--no-sync'];
  const made = await run([...prefix, postgres.replace(/postgres$/, 'initdb'), ...options]);
  if (made.failed) throw new Error(made.stderr);
  const host = await makeSocketFolder(dataDir.socket, strategy.owner);
  const server = spawnPostgres([...prefix, postgres, ...serverArguments(dataDir.database, host)], silent);
  await server.ready;
  return {
    version: /postgresql\/(\d+)/.exec(postgres)?.[1] ?? '',
    connection: { host, port: 5432, user: USER, database: 'postgres', ssl: false },
    withoutTurkish,
    stop: async () => {
      await server.stop();
      await removeSocketFolder(dataDir.socket);
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** The folder also contains C.UTF-8, because it replaces that of the system. */
async function compileTurkish(folder: string): Promise<string | undefined> {
  if (!existsSync('/usr/share/i18n/locales/tr_TR'))
    return 'apt-get install locales: there is no source of tr_TR';
  await mkdir(folder, { mode: 0o755 });
  const compiled = await run(['localedef', '-i', 'tr_TR', '-f', 'UTF-8', join(folder, 'tr_TR.UTF-8')]);
  const plain = await run(['localedef', '-i', 'C', '-f', 'UTF-8', join(folder, 'C.UTF-8')]);
  return compiled.failed || plain.failed ? `localedef failed: ${compiled.stderr || plain.stderr}` : undefined;
}
