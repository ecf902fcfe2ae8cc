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

/**
 * Waiting is bounded everywhere, in milliseconds: a caller gets 503 instead of hanging on a database that
 * is away, stuck behind a lock, or frozen.
 */
export function poolConfig(connection: ConnectionSettings, size: number): PoolConfig {
  return {
    ...connection,
    max: size,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 10_000,
    idle_in_transaction_session_timeout: 10_000,
    query_timeout: 12_000,
    keepAlive: true,
    application_name: 'causerie',
  };
}
