const end = (): never => process.exit(0);

/**
 * Ends a starting server at SIGTERM and SIGINT: it has nothing to finish, so it ends at once. Its own PostgreSQL stops
 * with it, and interrupted steps (creating the database, a migration) are repeated at the next start. It is installed
 * first: as process 1 of a container this process gets only the signals that it listens for.
 * @returns a function to call when another listener takes over
 */
export function endOnSignals(): () => void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, end);
  return () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.off(signal, end);
  };
}
