import { Client } from 'pg';
import { ask } from './postmaster.js';
import { waitUntil } from './wait-until.js';

interface Lock {
  /** Resolves when so many writes wait behind it. */
  waiting(writes: number): Promise<void>;
  release(): Promise<void>;
}

/** Holds the rows of conversations, so that work on them stays under way. */
export async function lockConversations(
  connection: { host: string; port: number; user: string; database: string },
  ids: readonly string[],
): Promise<Lock> {
  const client = new Client(connection);
  client.on('error', () => undefined);
  await client.connect();
  await client.query('begin');
  await client.query('select from conversations where id = any($1) for update', [ids]);
  const blocked = `select from pg_stat_activity 
    where application_name = 'causerie' and datname = current_database() and wait_event_type = 'Lock'`;
  return {
    waiting: async (writes) => {
      await waitUntil(`${writes} writes`, async () => (await ask(connection, blocked)).length === writes);
    },
    release: () => client.end(),
  };
}
