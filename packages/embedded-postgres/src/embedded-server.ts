import { ensureApplicationDatabase } from './application-database.ts';
import { chooseLaunchStrategy } from './choose-launch-strategy.ts';
import { createDatabase, hasDatabase, removeUnfinished } from './database-folder.ts';
import { EmbeddedPostgresError, reasonOf } from './embedded-postgres.error.ts';
import type { EmbeddedLog } from './embedded-log.ts';
import type { LaunchStrategy } from './launch-strategy.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';
import { spawnPostgres } from './postgres-process.ts';
import { PostgresSupervisor } from './postgres-supervisor.ts';
import { settleEarlierServer } from './postmaster-pid.ts';
import type { RunningPostgres } from './running-postgres.ts';
import type { ServerFolders } from './server-folders.ts';
import { serverArguments, SOCKET_PORT } from './server-settings.ts';
import { emptySocketFolder, makeSocketFolder, removeSocketFolder } from './socket-folder.ts';
import { WATCHDOG_PREFIX } from './watchdog.ts';

export interface ServerOptions {
  /**
   * The name of the superuser and of the database that is created beside PostgreSQL's own; ASCII letters in lower case,
   * digits and `_`.
   */
  readonly name: string;
  readonly binaries: PostgresBinaries;
  readonly log: EmbeddedLog;
}

/**
 * Runs the server in folders that this process has locked (`takeFolderLock`), and restarts it when it ends
 * unexpectedly. The caller releases the lock after stopping it.
 * @throws EmbeddedPostgresError
 */
export async function runServer(
  folders: ServerFolders,
  { name, binaries, log }: ServerOptions,
): Promise<RunningPostgres> {
  const existed = await hasDatabase(folders, binaries);
  const strategy = await chooseLaunchStrategy(folders, binaries.postgres);
  await removeUnfinished(folders);
  if (existed) await settleEarlierServer(folders.database);
  else await createDatabase(folders, name, binaries, strategy);

  const host = await makeSocketFolder(folders.socket, strategy.owner);
  const connection = { host, port: SOCKET_PORT, user: name, database: name };
  const command = serverCommand(strategy, binaries.postgres, serverArguments(folders.database, host));
  const launcher = {
    prepare: async () => {
      await settleEarlierServer(folders.database);
      await emptySocketFolder(host);
    },
    spawn: () => spawnPostgres(command, log),
  };
  const supervisor = new PostgresSupervisor(launcher, log);
  const end = async (): Promise<void> => {
    await supervisor.stop();
    await removeSocketFolder(folders.socket);
  };
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopped ??= end());
  try {
    await supervisor.start();
    await ensureApplicationDatabase(connection);
  } catch (error) {
    await stop();
    if (error instanceof EmbeddedPostgresError) throw error;
    const message = `The database in ${folders.database} could not be started: ${reasonOf(error)}`;
    throw new EmbeddedPostgresError('server', message, { cause: error });
  }
  return { connection, created: !existed, stop };
}

function serverCommand(strategy: LaunchStrategy, postgres: string, args: readonly string[]): string[] {
  return [...strategy.prefix, ...(strategy.watchdog ? WATCHDOG_PREFIX : []), postgres, ...args];
}
