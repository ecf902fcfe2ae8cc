import { Logger } from '@nestjs/common';
import { Pool, type PoolClient } from 'pg';
import { guardListener } from '../../application/guard-listener.js';
import { type ConnectionSettings, poolConfig, type Waits } from './connection.js';
import { toDatabaseError } from './database-error.js';
import type { DatabaseEpoch } from './epoch/database-epoch.js';
import { DatabaseClient } from './database-client.js';
import type { Pooler } from './pooler.js';

/** The connections that a statement uses: those kept for messages and their lookups, or the general ones. */
export type Lane = 'general' | 'messages';

/**
 * All statements of a lane wait for its connections, and so for any statement that waits on one of them. Statements for
 * messages take milliseconds: they soon give up on a row that another transaction has locked (LockedWrites,
 * BatchedLookup), and soon fail after a silent loss of the network. All others give their connection back as soon, and
 * wait without one (LockLine).
 */
export const WAITS: Readonly<Record<Lane, Waits>> = {
  general: { connection: 5_000, lock: 250, statement: 10_000, answer: 12_000 },
  messages: { connection: 3_000, lock: 250, statement: 3_000, answer: 4_000 },
};

/** Two batches in flight, and each of the four lookups that a conversation's routes share. */
const MESSAGES_MAX = 6;

/** A third of the connections, up to what they can use, is kept for messages; the rest, at least one, is general. */
export function laneSizes(poolSize: number): Record<Lane, number> {
  const messages = Math.min(MESSAGES_MAX, Math.ceil(poolSize / 3));
  return { messages, general: Math.max(1, poolSize - messages) };
}

/**
 * Maximum milliseconds for which a connection is used: the server behind the address may have been replaced, and its
 * process keeps every plan. The time is shortened by up to a third at random, so that connections made together do not
 * end together.
 */
const LIFETIME = 1_800_000;

const logger = new Logger('Database');

/** Without listeners a connection that PostgreSQL closes, idle or in use, would end this process. */
export function openPool(
  connection: ConnectionSettings,
  size: number,
  lane: Lane,
  epoch: DatabaseEpoch,
  pooler: Pooler,
  lifetime: number = LIFETIME,
): Pool {
  const pool = new Pool({
    ...poolConfig(connection, size, WAITS[lane]),
    Client: DatabaseClient,
    verify: (client, done) => void letIn(client, lane, epoch, pooler, done),
  });
  const endsAt = new WeakMap<PoolClient, number>();
  pool.on(
    'error',
    guardListener((error) => {
      // Our own shutdown stops PostgreSQL while the last connections are still being closed.
      if (!pool.ending) logger.warn(`Lost an idle connection: ${error.message}`);
    }),
  );
  pool.on(
    'connect',
    guardListener((client) => {
      client.on('error', () => undefined);
      endsAt.set(client, performance.now() + lifetime * (1 - Math.random() / 3));
    }),
  );
  pool.on(
    'release',
    guardListener((_error, client) => {
      const isOver = performance.now() > (endsAt.get(client) ?? 0);
      // The pool does not take back a connection that is being closed.
      if (isOver || (client instanceof DatabaseClient && client.onlyReads)) void client.end();
    }),
  );
  return pool;
}

/** Takes a connection of a pool that `openPool` has made. */
export async function connectTo(pool: Pool): Promise<PoolClient & DatabaseClient> {
  const client = await pool.connect();
  if (!(client instanceof DatabaseClient)) throw new TypeError('This pool is not of openPool.');
  return client;
}

/** Prepares and checks a new connection before its use. */
async function letIn(
  client: PoolClient,
  lane: Lane,
  epoch: DatabaseEpoch,
  pooler: Pooler,
  done: (error?: Error) => void,
): Promise<void> {
  let refused: Error | undefined;
  try {
    // A standby may be behind, and its own report of that cannot be trusted.
    if (client instanceof DatabaseClient) {
      await client.requireWritable();
      await client.applySettings(WAITS[lane], pooler);
    }
    await epoch.admitConnection(client);
  } catch (error) {
    refused = toDatabaseError(error, false) as Error;
  }
  done(refused);
}
