import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { ConnectionSettings } from './connection.js';

/** How a pooler treats our sessions. */
export interface PoolerHabits {
  /** Whether a connection keeps its PostgreSQL session from one transaction to the next. */
  readonly keepsSessions: boolean;
  /** Whether a statement that was prepared under a name is found again. */
  readonly keepsNames: boolean;
  /** Quoted as an SQL identifier. */
  readonly role: string;
  /** Timeouts that the role lacks, with a sufficient value. */
  readonly unbounded: readonly { readonly name: string; readonly value: string }[];
}

/** Milliseconds for an answer: poolers let clients wait for a free session for minutes. */
const PATIENCE = 5_000;
/** A pooler may return a session to its former client by chance, but not three times. */
const ROUNDS = 3;
/** For statements outside of transactions, which cannot set their own: the values of `WAITS`. */
const WANTED = { lock_timeout: '250ms', statement_timeout: '10s' };

/** Determines a pooler's behaviour with two dedicated connections. */
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

/** While another connection is in a transaction, it may have the session of the first one if sessions are shared. */
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

/** A pooler that supports prepared statements renames them; every other one passes our names on. */
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
