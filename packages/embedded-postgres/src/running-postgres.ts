/** Connection options for `pg`; there is no password, because the socket's folder is closed to other users. */
export interface EmbeddedConnection {
  /** The folder of the unix socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
}

export interface RunningPostgres {
  readonly connection: EmbeddedConnection;
  /** Whether this start has created the database folder. */
  readonly created: boolean;
  /** Stops the server (fast shutdown), within 16 s at most; a second call waits for the first. */
  stop(): Promise<void>;
}
