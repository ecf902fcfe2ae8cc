/** What `pg` needs to connect; there is no password, the socket's folder is closed to other users. */
export interface EmbeddedConnection {
  /** The folder of the unix socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
}

export interface RunningPostgres {
  readonly connection: EmbeddedConnection;
  /** Whether this start made the database folder. */
  readonly created: boolean;
  /** Ends the server (fast shutdown), within 16 s at most; a second call waits for the first. */
  stop(): Promise<void>;
}
