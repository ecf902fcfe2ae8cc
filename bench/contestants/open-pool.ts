import { Pool } from 'pg';

/**
 * Opens a pool for the benchmark's own statements. Errors of idle connections are ignored, because PostgreSQL may end
 * one that is being closed, and an unhandled `error` event would end the benchmark.
 */
export function openPool(connectionString: string): Pool {
  const pool = new Pool({ connectionString, max: 2 });
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
