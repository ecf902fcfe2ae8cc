import type { EmbeddedLog } from './embedded-log.js';
import type { PostgresBinaries } from './postgres-binaries.js';

/** What `pg` needs to connect; there is no password, the socket's folder is closed to other users. */
export interface EmbeddedConnection {
  /** The folder of the unix socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
}

export interface EmbeddedPostgres {
  readonly connection: EmbeddedConnection;
  /** Whether this start made the database folder. */
  readonly created: boolean;
  /** Ends the server (fast shutdown) and releases DATA_DIR; a second call waits for the first. */
  stop(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  /** Path of DATA_DIR; made when it is missing. */
  readonly dataDir: string;
  readonly log: EmbeddedLog;
  /** Another PostgreSQL than the one that we come with. */
  readonly binaries?: PostgresBinaries;
}
