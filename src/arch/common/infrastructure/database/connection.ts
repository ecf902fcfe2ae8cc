import type { PoolConfig } from 'pg';
import type { Bounds } from './session-settings.js';
import type { HostList } from './host-list.js';

/** Address of PostgreSQL, or the folder of its socket. `ssl: false` overrides `PGSSLMODE`. */
export type ConnectionSettings =
  | { readonly connectionString: string; readonly hosts?: HostList }
  | {
      readonly host: string;
      readonly port: number;
      readonly user: string;
      readonly database: string;
      readonly ssl?: false;
    };

/** Milliseconds. A statement that has begun ends on the server within `statement`, unless it is committing. */
export interface Waits extends Bounds {
  /** For a connection. */
  readonly connection: number;
  /** For an answer: longer than the server's own timeouts. */
  readonly answer: number;
}

/**
 * Bounds every wait: a caller gets 503 instead of waiting for ever for a database that is unreachable, blocked by a
 * lock, or frozen. Timeouts of the server are set on each connection, because poolers refuse them as startup
 * parameters.
 */
export function poolConfig(connection: ConnectionSettings, size: number, waits: Waits): PoolConfig {
  return {
    ...connection,
    max: size,
    connectionTimeoutMillis: waits.connection,
    query_timeout: waits.answer,
    keepAlive: true,
    application_name: 'causerie',
  };
}
