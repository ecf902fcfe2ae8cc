import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { ConnectionSettings } from './connection.js';

/** What a pooler does with our sessions. */
export interface PoolerHabits {
  /** Whether a connection stays with one session of PostgreSQL, from one transaction to the next. */
  readonly keepsSessions: boolean;
  /** Whether a statement can be prepared under a name and is found again. */
  readonly keepsNames: boolean;
  /** In the notation of SQL. */
  readonly role: string;
  /** Bounds that the role does not have, with what would do. */
  readonly unbounded: readonly { readonly name: string; readonly value: string }[];
}

/** Milliseconds for an answer: poolers keep who waits for a free session waiting for minutes. */
const PATIENCE = 5_000;
/** A session that was given on by chance to its former holder is so no third time. */
const ROUNDS = 3;
/** For what is not in a transaction, and cannot have its own: as `WAITS` has them. */
const WANTED = { lock_timeout: '250ms', statement_timeout: '10s' };

/** Asks a pooler what it does, on two connections of their own. */
export async function askPooler(connection: ConnectionSettings): Promise<PoolerHabits> {
  const clients = [open(connection), open(connection)] as const;
  const [one, other] = clients;
  try {
    await Promise.all(clients.map((client) => client.connect()));
    const keepsSessions = await keepSessions(one, other);
    const { rows } = await one.query<{ role: string; unbounded: string[] }>(
      `select quote_ident(current_user) as role,
         array(select name from unnest($1::text[]) as name where current_setting(name) = '0') as unbounded`,
      [Object.keys(WANTED)],
    );
    const { role = '', unbounded = [] } = rows[0] ?? {};
    return {
      keepsSessions,
      keepsNames: keepsSessions || (await hidesNames(one)),
      role,
      unbounded: Object.entries(WANTED)
        .filter(([name]) => unbounded.includes(name))
        .map(([name, value]) => ({ name, value })),
    };
  } finally {
    await Promise.all(clients.map((client) => client.end().catch(() => undefined)));
  }
}

function open(connection: ConnectionSettings): Client {
  const client = new Client({ ...connection, connectionTimeoutMillis: PATIENCE, query_timeout: PATIENCE });
  return client.on('error', () => undefined);
}

/** While somebody else is in a transaction, a session that is shared may be his. */
async function keepSessions(one: Client, other: Client): Promise<boolean> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = await processOf(one);
    await other.query('begin');
    const taken = await processOf(other);
    const after = taken === before ? undefined : await processOf(one);
    await other.query('rollback');
    if (after !== before) return false;
  }
  return true;
}

/** A pooler that keeps prepared statements gives them names of its own; every other one passes ours on. */
async function hidesNames(client: Client): Promise<boolean> {
  const name = `causerie_${randomUUID()}`;
  await client.query('begin');
  await client.query({ name, text: 'select 1' });
  const { rowCount } = await client.query('select from pg_prepared_statements where name = $1', [name]);
  if (rowCount !== 0) await client.query(`deallocate "${name}"`);
  await client.query('commit');
  return rowCount === 0;
}

async function processOf(client: Client): Promise<number | undefined> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  return rows[0]?.pid;
}
