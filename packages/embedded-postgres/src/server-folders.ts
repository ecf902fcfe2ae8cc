/** The folders of a server: absolute paths without symbolic links. */
export interface ServerFolders {
  /** The existing folder that contains the others, for this server only. */
  readonly path: string;
  /** The database folder (`PGDATA`); `initdb` creates it when it is missing or empty. */
  readonly database: string;
  /** The folder of the unix socket, or a link to it where this path would be too long for a socket. */
  readonly socket: string;
  /** Prefix of the names in `path` under which databases are created; each start removes incomplete ones. */
  readonly unfinishedPrefix: string;
}
