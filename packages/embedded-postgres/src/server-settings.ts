/** Only a part of the socket's file name: no TCP port is opened. */
export const SOCKET_PORT = 5432;
/** The largest pool of Causerie, and some more for its commands and psql. */
const MAX_CONNECTIONS = 220;

/** Passed on the command line, where they take precedence over postgresql.conf. */
const SETTINGS = {
  listen_addresses: '',
  port: String(SOCKET_PORT),
  unix_socket_permissions: '0700',
  max_connections: String(MAX_CONNECTIONS),
  // An acknowledged message survives a power failure.
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  // Values must never reach a log: no statements, no parameters, no details, and no ERROR lines at all, which quote
  // values (the client gets them anyway).
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_error_verbosity: 'terse',
  log_statement: 'none',
  log_min_duration_statement: '-1',
  // This package reads stderr line by line.
  log_destination: 'stderr',
  logging_collector: 'off',
  log_line_prefix: '',
  lc_messages: 'C',
  timezone: 'UTC',
  jit: 'off',
} as const;

/** The arguments of `postgres` for this database folder and socket folder (absolute paths). */
export function serverArguments(databaseFolder: string, socketFolder: string): string[] {
  // The setting is a list with commas: a quoted name may contain anything.
  const sockets = `"${socketFolder.replaceAll('"', '""')}"`;
  const settings = { ...SETTINGS, unix_socket_directories: sockets };
  return [
    '-D',
    databaseFolder,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
}
