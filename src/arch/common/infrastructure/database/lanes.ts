import { Logger } from '@nestjs/common';
import { Pool, type PoolClient } from 'pg';
import { guardListener } from '../../application/guard-listener.js';
import { type ConnectionSettings, poolConfig, type Waits } from './connection.js';
import { toDatabaseError } from './database-error.js';
import type { DatabaseEpoch } from './epoch/database-epoch.js';
import { DatabaseClient } from './database-client.js';
import type { Pooler } from './pooler.js';

/** Whose connections a statement takes: those kept for messages and the look-ups they need, or everybody's. */
export type Lane = 'general' | 'messages';

/**
 * All who share a lane wait for its connections, and so for whoever waits on one of them. What is done for messages takes
 * milliseconds: it gives way soon to a row that somebody else keeps locked (LockedWrites, BatchedLookup), and is over
 * soon after a network that was away and said nothing. Everything else gives its connection back as soon, and waits without
 * one (LockLine).
 */
export const WAITS: Readonly<Record<Lane, Waits>> = {
  general: { connection: 5_000, lock: 250, statement: 10_000, answer: 12_000 },
  messages: { connection: 3_000, lock: 250, statement: 3_000, answer: 4_000 },
};

/** Two batches under way, and each of the four look-ups that a conversation's routes share. */
const MESSAGES_MAX = 6;

/** A third is kept for messages, as much as they can use; the rest, and at least one, is for everything else. */
export function laneSizes(poolSize: number): Record<Lane, number> {
  const messages = Math.min(MESSAGES_MAX, Math.ceil(poolSize / 3));
  return { messages, general: Math.max(1, poolSize - messages) };
}

/**
 * Milliseconds that a connection is used for: what stands behind the same address may have been replaced, and the server's
 * process keeps what it has once planned. Up to a third less, so that those made together do not end together.
 */
const LIFETIME = 1_800_000;

const logger = new Logger('Database');

/** Without listeners a connection that PostgreSQL ends, idle or in use, would end this process. */
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
      // our own shutdown ends PostgreSQL while the last connections are still being closed
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
      // One that is being ended is not taken back by the pool.
      if (isOver || (client instanceof DatabaseClient && client.onlyReads)) void client.end();
    }),
  );
  return pool;
}

/** A connection of a pool of ours, which makes no others. */
export async function connectTo(pool: Pool): Promise<PoolClient & DatabaseClient> {
  const client = await pool.connect();
  if (!(client instanceof DatabaseClient)) throw new TypeError('This pool is not of openPool.');
  return client;
}

/** Before a new connection is used. */
async function letIn(
  client: PoolClient,
  lane: Lane,
  epoch: DatabaseEpoch,
  pooler: Pooler,
  done: (error?: Error) => void,
): Promise<void> {
  let refused: Error | undefined;
  try {
    // A standby may be in the past, and what it says of itself is not to be believed.
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
