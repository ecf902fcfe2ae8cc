import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setInterval as every } from 'node:timers/promises';

import { codeOf, EmbeddedPostgresError } from './embedded-postgres.error.ts';
import { isServerOf } from './server-identity.ts';

/** Milliseconds that a server whose owner was killed may take to write its last checkpoint. */
const SHUTDOWN_TIMEOUT_MS = 10_000;
const POLL_MS = 20;

/** The content of postmaster.pid (PostgreSQL's `pidfile.h`, lines 1, 4 and 5). */
export interface PostmasterPid {
  readonly pid: number;
  readonly port: number;
  /** Empty until the server has opened its socket. */
  readonly socketFolder: string;
}

/** Undefined when there is no server, or the file is incomplete. */
export async function readPostmasterPid(databaseFolder: string): Promise<PostmasterPid | undefined> {
  const lines = (await contents(databaseFolder))?.split('\n') ?? [];
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, port: Number(lines[3]), socketFolder: lines[4] ?? '' };
}

/**
 * Stops the server of an earlier owner, and removes its postmaster.pid: PostgreSQL would refuse to start when an
 * unrelated process has got that pid since. Call it only with the lock of its folder.
 *
 * @throws EmbeddedPostgresError when that server does not end in time
 */
export async function settleEarlierServer(databaseFolder: string): Promise<void> {
  await endServer(databaseFolder, 'SIGINT');
  await rm(pidFile(databaseFolder), { force: true });
}

/**
 * Stops the server of a database that is not needed any more, without a checkpoint.
 * @throws EmbeddedPostgresError as above
 */
export function abandonServer(databaseFolder: string): Promise<void> {
  return endServer(databaseFolder, 'SIGQUIT');
}

async function endServer(databaseFolder: string, signal: NodeJS.Signals): Promise<void> {
  const { pid } = (await readPostmasterPid(databaseFolder)) ?? {};
  if (pid === undefined || !(await isServerOf(databaseFolder, pid))) return;
  send(pid, signal);
  const deadline = Date.now() + SHUTDOWN_TIMEOUT_MS;
  for await (const _ of every(POLL_MS)) {
    if (!(await isServerOf(databaseFolder, pid))) return;
    if (Date.now() > deadline) break;
  }
  throw new EmbeddedPostgresError(
    'server',
    `An earlier PostgreSQL (pid ${pid}) still runs on ${databaseFolder} and does not stop: end it and try again`,
  );
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended, or belongs to another user: the wait finds out which.
  }
}

function pidFile(databaseFolder: string): string {
  return join(databaseFolder, 'postmaster.pid');
}

async function contents(databaseFolder: string): Promise<string | undefined> {
  try {
    return await readFile(pidFile(databaseFolder), 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new EmbeddedPostgresError('folder', `${pidFile(databaseFolder)} cannot be read by this user`);
  }
}
