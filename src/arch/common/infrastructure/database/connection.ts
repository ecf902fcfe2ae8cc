import type { PoolConfig } from 'pg';

/** Where PostgreSQL listens: an address, or the folder of its socket. `ssl: false` overrules `PGSSLMODE`. */
export type ConnectionSettings =
  | { readonly connectionString: string }
  | {
      readonly host: string;
      readonly port: number;
      readonly user: string;
      readonly database: string;
      readonly ssl?: false;
    };

/** Milliseconds. A statement of ours that has begun ends on the server within `statement`, unless it is committing. */
export interface Waits {
  /** For a connection. */
  readonly connection: number;
  /** For a lock that somebody else holds. */
  readonly lock: number;
  readonly statement: number;
  /** For an answer: longer than the server takes to give up by itself. */
  readonly answer: number;
}

/**
 * Waiting is bounded everywhere: a caller gets 503 instead of hanging on a database that is away, stuck behind a
 * lock, or frozen.
 */
export function poolConfig(connection: ConnectionSettings, size: number, waits: Waits): PoolConfig {
  return {
    ...connection,
    max: size,
    connectionTimeoutMillis: waits.connection,
    lock_timeout: waits.lock,
    statement_timeout: waits.statement,
    idle_in_transaction_session_timeout: 10_000,
    query_timeout: waits.answer,
    keepAlive: true,
    application_name: 'causerie',
  };
}
