import { ensureApplicationDatabase } from './application-database.js';
import type { DataDir } from './data-dir.js';
import { chooseLaunchWay } from './choose-launch-way.js';
import { createDatabase, DATABASE_NAME, hasDatabase, removeUnfinished } from './database-folder.js';
import { EmbeddedDatabaseError, reasonOf } from './embedded-database.error.js';
import type { EmbeddedLog } from './embedded-log.js';
import type { EmbeddedPostgres } from './embedded-postgres.js';
import type { LaunchWay } from './launch-way.js';
import type { PostgresBinaries } from './postgres-binaries.js';
import { spawnPostgres } from './postgres-process.js';
import { PostgresSupervisor } from './postgres-supervisor.js';
import { settleEarlierServer } from './postmaster-pid.js';
import { serverArguments, SOCKET_PORT } from './server-settings.js';
import { emptySocketFolder, makeSocketFolder, removeSocketFolder } from './socket-folder.js';
import { WATCHDOG_PREFIX } from './watchdog.js';

/**
 * Runs the server on a DATA_DIR that this process has locked. Stopping it leaves the lock to the caller.
 * @throws EmbeddedDatabaseError
 */
export async function runServer(
  dataDir: DataDir,
  binaries: PostgresBinaries,
  log: EmbeddedLog,
): Promise<EmbeddedPostgres> {
  const existed = await hasDatabase(dataDir, binaries);
  const way = await chooseLaunchWay(dataDir, binaries.postgres);
  await removeUnfinished(dataDir);
  if (existed) await settleEarlierServer(dataDir.database);
  else await createDatabase(dataDir, binaries, way);

  const host = await makeSocketFolder(dataDir.socket, way.owner);
  const connection = { host, port: SOCKET_PORT, user: DATABASE_NAME, database: DATABASE_NAME };
  const command = serverCommand(way, binaries.postgres, serverArguments(dataDir.database, host));
  const launcher = {
    prepare: async () => {
      await settleEarlierServer(dataDir.database);
      await emptySocketFolder(host);
    },
    spawn: () => spawnPostgres(command, log),
  };
  const supervisor = new PostgresSupervisor(launcher, log);
  const stop = async () => {
    await supervisor.stop();
    await removeSocketFolder(dataDir.socket);
  };
  try {
    await supervisor.start();
    await ensureApplicationDatabase(connection);
  } catch (error) {
    await stop();
    if (error instanceof EmbeddedDatabaseError) throw error;
    const message = `The database in ${dataDir.database} could not be started: ${reasonOf(error)}`;
    throw new EmbeddedDatabaseError(message, { cause: error });
  }
  return { connection, created: !existed, stop };
}

function serverCommand(way: LaunchWay, postgres: string, args: readonly string[]): string[] {
  return [...way.prefix, ...(way.watchdog ? WATCHDOG_PREFIX : []), postgres, ...args];
}
