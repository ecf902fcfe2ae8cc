/** Where the files of a server lie: absolute paths without symbolic links. */
export interface ServerFolders {
  /** The folder in which the others are, of this server only. It is there already. */
  readonly path: string;
  /** The database folder (`PGDATA`); `initdb` makes it when it is missing or empty. */
  readonly database: string;
  /** The folder of the unix socket, or a link to it where this path would be too long for a socket. */
  readonly socket: string;
  /** How the names in `path` begin under which databases are made: what is left of them is removed by each start. */
  readonly unfinishedPrefix: string;
}
