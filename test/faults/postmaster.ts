import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, type QueryResultRow } from 'pg';
import { waitUntil } from './wait-until.js';

interface Postmaster {
  readonly pid: number;
  readonly connection: { host: string; port: number; user: string; database: string };
}

/** The embedded PostgreSQL that runs in `dataDir`, according to its postmaster.pid. */
export function postmasterOf(dataDir: string): Postmaster | undefined {
  const file = join(dataDir, 'postgres/postmaster.pid');
  const [pid, , , port, host] = readIfThere(file).split('\n');
  if (!pid || !port || !host) return undefined;
  const connection = { host, port: Number(port), user: 'causerie', database: 'causerie' };
  return { pid: Number(pid), connection };
}

/** Empty when there is no such file: a PostgreSQL that ends removes its own at any time. */
function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

export function runningPostmaster(dataDir: string): Postmaster {
  const postmaster = postmasterOf(dataDir);
  if (!postmaster) throw new Error(`no PostgreSQL in ${dataDir}`);
  return postmaster;
}

/** Resolves when the server that ran in `dataDir`, if any, has ended; fails after `limit` milliseconds. */
export async function waitForPostmasterEnd(
  dataDir: string,
  pid = postmasterOf(dataDir)?.pid,
  limit = 30_000,
): Promise<void> {
  if (pid !== undefined) await waitUntil(`end of PostgreSQL ${pid}`, () => !isRunning(pid), limit);
}

/** A zombie, which its parent has not waited for yet, counts as ended. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  if (!existsSync('/proc/self/stat')) return true;
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}

/** Runs one statement on a connection of its own, without the application. */
export async function ask<Row extends QueryResultRow>(
  connection: Postmaster['connection'],
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new Client(connection);
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}
