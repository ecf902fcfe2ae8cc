import { Pool } from 'pg';

/** For the benchmark's own statements. A connection that PostgreSQL ends while it is being closed must end nothing else. */
export function openPool(connectionString: string): Pool {
  const pool = new Pool({ connectionString, max: 2 });
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
