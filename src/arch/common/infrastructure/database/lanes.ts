import { Logger } from '@nestjs/common';
import { Pool } from 'pg';
import { guardListener } from '../../application/guard-listener.js';
import { type ConnectionSettings, poolConfig } from './connection.js';

/** Whose connections a statement takes: those kept for messages and the look-ups they need, or everybody's. */
export type Lane = 'general' | 'messages';

/** Two batches under way, and each of the four look-ups that a conversation's routes share. */
const MESSAGES_MAX = 6;

/** A third is kept for messages, as much as they can use; the rest, and at least one, is for everything else. */
export function laneSizes(poolSize: number): Record<Lane, number> {
  const messages = Math.min(MESSAGES_MAX, Math.ceil(poolSize / 3));
  return { messages, general: Math.max(1, poolSize - messages) };
}

const logger = new Logger('Database');

/** Without listeners a connection that PostgreSQL ends, idle or in use, would end this process. */
export function openPool(connection: ConnectionSettings, size: number): Pool {
  const pool = new Pool(poolConfig(connection, size));
  pool.on(
    'error',
    guardListener((error) => {
      // our own shutdown ends PostgreSQL while the last connections are still being closed
      if (!pool.ending) logger.warn(`Lost an idle connection: ${error.message}`);
    }),
  );
  pool.on(
    'connect',
    guardListener((client) => client.on('error', () => undefined)),
  );
  return pool;
}
