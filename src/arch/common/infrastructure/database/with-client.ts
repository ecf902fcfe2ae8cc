import { DrizzleQueryError } from 'drizzle-orm';
import { DatabaseError } from 'pg';
import { guardListener } from '../../application/guard-listener.js';
import { UnavailableError } from '../../domain/errors/unavailable.error.js';
import { StartupError } from '../config/startup.error.js';
import { type ConnectionSettings, poolConfig, type Waits } from './connection.js';
import { DatabaseClient } from './database-client.js';
import { Pooler } from './pooler.js';

const REASONS = new Map([
  ['ECONNREFUSED', 'nothing listens there (ECONNREFUSED)'],
  ['ENOTFOUND', 'there is no such host (ENOTFOUND)'],
  ['28P01', 'user or password is wrong (28P01)'],
  ['3D000', 'there is no such database (3D000)'],
]);

/** Milliseconds. The steps of a start are not limited. */
const WAITS: Waits = { connection: 5_000, lock: 0, statement: 0, answer: 0 };

/**
 * Runs `work` with one connection, for the steps of a start; it is made like those of the pools.
 * @throws StartupError with PostgreSQL's own reason in one line
 */
export async function withClient<T>(
  connection: ConnectionSettings,
  work: (client: DatabaseClient) => Promise<T>,
): Promise<T> {
  const client = await connect(connection);
  let lost: Error | undefined;
  client.on(
    'error',
    guardListener((error: Error) => (lost ??= error)),
  );
  try {
    await client.applySettings(WAITS, new Pooler(connection, false));
    return await work(client);
  } catch (error) {
    throw startupErrorOf(error, lost);
  } finally {
    await client.end();
  }
}

/** @param lost the reason why the connection was lost; a failure of the work itself is not the database's */
function startupErrorOf(error: unknown, lost: Error | undefined): unknown {
  const cause = error instanceof DrizzleQueryError ? error.cause : error;
  if (cause instanceof DatabaseError) {
    return new StartupError(`DATABASE_URL cannot be used as it is: ${ownReason(cause)}`, { cause });
  }
  if (!lost || error instanceof StartupError) return error;
  return new StartupError(`DATABASE_URL does not answer any more: ${reasonOf(lost)}`, { cause });
}

/**
 * Connects to the first of several hosts that accepts writes; when none does, to any of them, and the error describes
 * its fault.
 */
async function connect(connection: ConnectionSettings): Promise<DatabaseClient> {
  const hosts = 'hosts' in connection && connection.hosts ? connection.hosts.size : 1;
  for (let host = 1; host < hosts; host += 1) {
    const client = await open(connection).catch(() => undefined);
    try {
      await client?.requireWritable();
      if (client) return client;
    } catch {
      await client?.end();
    }
  }
  return open(connection);
}

/** An unreachable address is reported by the variable's name, without its value. */
async function open(connection: ConnectionSettings): Promise<DatabaseClient> {
  try {
    const client = new DatabaseClient(poolConfig(connection, 1, WAITS));
    client.on('error', () => undefined); // a lost connection fails the next query; without a listener it would end the process
    await client.connect();
    return client;
  } catch (error) {
    const cause = error instanceof UnavailableError ? error.cause : error;
    throw new StartupError(`DATABASE_URL cannot be reached: ${reasonOf(cause)}`, { cause });
  }
}

function reasonOf(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const known = REASONS.get(code);
  if (known !== undefined) return `${known}.`;
  return error instanceof DatabaseError ? ownReason(error) : `${code || message}.`;
}

/** PostgreSQL's first line, without the values that details may quote. */
function ownReason({ message, code }: DatabaseError): string {
  return `${message.split('\n', 1)[0]?.replace(/\.$/, '')} (${code}).`;
}
