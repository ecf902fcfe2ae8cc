// The exports of the package. The first part starts a server; the others are its pieces, for callers with their own
// folders, locks or server configuration.
export { startEmbeddedPostgres, type StartOptions } from './start-embedded-postgres.ts';
export type { EmbeddedConnection, RunningPostgres } from './running-postgres.ts';
export type { EmbeddedLog } from './embedded-log.ts';
export { codeOf, EmbeddedPostgresError, type Problem, reasonOf } from './embedded-postgres.error.ts';
export { findPostgresBinaries, type PostgresBinaries } from './postgres-binaries.ts';

export { runServer, type ServerOptions } from './embedded-server.ts';
export type { ServerFolders } from './server-folders.ts';
export { type FolderLock, lockHolder, takeFolderLock } from './folder-lock.ts';
export { answers } from './application-database.ts';
export { removeUnfinished } from './database-folder.ts';
export { readPostmasterPid, settleEarlierServer } from './postmaster-pid.ts';
export { isServerOf } from './server-identity.ts';
export { syncFolder } from './sync-folder.ts';
export { forgetLibpqVariables } from './forget-libpq-variables.ts';

export { chooseLaunchStrategy } from './choose-launch-strategy.ts';
export type { LaunchStrategy } from './launch-strategy.ts';
export { lookUpNobody } from './owner.ts';
export { type PostgresProcess, spawnPostgres } from './postgres-process.ts';
export { run } from './run.ts';
export { serverArguments } from './server-settings.ts';
export { makeSocketFolder, removeSocketFolder } from './socket-folder.ts';
