const end = (): never => process.exit(0);

/**
 * SIGTERM and SIGINT while a server starts: it has nothing to finish, so it ends at once. Its own PostgreSQL stops with
 * it, and what it was in the middle of (creating the database, a migration) begins anew. Stands first: as process 1 of a
 * container this one hears only the signals that it listens for.
 * @returns to be called when somebody else listens
 */
export function endOnSignals(): () => void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, end);
  return () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.off(signal, end);
  };
}
