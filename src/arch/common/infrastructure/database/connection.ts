import type { PoolConfig } from 'pg';
import type { Bounds } from './session-settings.js';
import type { HostList } from './host-list.js';

/** Where PostgreSQL listens: an address, or the folder of its socket. `ssl: false` overrules `PGSSLMODE`. */
export type ConnectionSettings =
  | { readonly connectionString: string; readonly hosts?: HostList }
  | {
      readonly host: string;
      readonly port: number;
      readonly user: string;
      readonly database: string;
      readonly ssl?: false;
    };

/** Milliseconds. A statement of ours that has begun ends on the server within `statement`, unless it is committing. */
export interface Waits extends Bounds {
  /** For a connection. */
  readonly connection: number;
  /** For an answer: longer than the server takes to give up by itself. */
  readonly answer: number;
}

/**
 * Waiting is bounded everywhere: a caller gets 503 instead of hanging on a database that is away, stuck behind a
 * lock, or frozen. What the server is to keep to is set on each connection, as poolers refuse it as startup parameters.
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
