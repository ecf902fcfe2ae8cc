import { Client } from 'pg';
import { ask } from './postmaster.js';
import { waitUntil } from './wait-until.js';

interface Lock {
  /** Resolves when a write waits for the lock. */
  waiting(): Promise<void>;
  release(): Promise<void>;
}

/** Locks the rows of conversations, so that work on them stays in flight. */
export async function lockConversations(
  connection: { host: string; port: number; user: string; database: string },
  ids: readonly string[],
): Promise<Lock> {
  const client = new Client(connection);
  client.on('error', () => undefined);
  await client.connect();
  await client.query('begin');
  await client.query('select from conversations where id = any($1) for update', [ids]);
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  const blocked = `select from pg_stat_activity
    where application_name = 'causerie' and ${Number(rows[0]?.pid)} = any (pg_blocking_pids(pid))`;
  return {
    waiting: async () => {
      await waitUntil('a write', async () => (await ask(connection, blocked)).length > 0);
    },
    release: () => client.end(),
  };
}
