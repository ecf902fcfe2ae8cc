import type { DatabaseError } from 'pg';

/** What is done about a failure that PostgreSQL reports, or a pooler in front of it, and that passes by itself. */
export interface PassingState {
  /** What callers are told. */
  readonly message: string;
  /** Whether the connection goes on being used; after an error outside of a transaction the pool drops it in any case. */
  readonly connection: 'keep' | 'drop';
  /** Whether we do it again ourselves: what was certainly not carried out, and can be in a moment. */
  readonly repeat?: true;
  /** With this report the server ends the connection, whatever became of the statement: it may have been carried out. */
  readonly outcome?: 'unknown';
}

export const AWAY = 'The database does not answer.';
const CONTENDED = 'Others were changing the same.';
const SLOW = 'The database took too long.';
const FULL = 'The database has no room.';
const REPREPARED = 'The database is being changed.';
export const ONLY_READS = 'The database only reads.';

/**
 * THE table of SQLSTATEs that say nothing against the statement: a row for a state wins over one for its class. All others
 * are ours to mend. PostgreSQL manual, appendix A; docs/operations.md has it for people.
 */
const PASSING_STATES: Readonly<Record<string, PassingState>> = {
  // Connections: lost, refused. A pooler tells with 08P01 that it has lost its server, at whatever moment.
  '08': { message: AWAY, connection: 'drop', outcome: 'unknown' },
  '08001': { message: AWAY, connection: 'drop' },
  '08004': { message: AWAY, connection: 'drop' },
  // A standby, or a server that an operator or a provider has closed to writing.
  '25006': { message: ONLY_READS, connection: 'drop', repeat: true },
  // Transactions that the server ended because we did not go on, or took too long.
  '25P03': { message: SLOW, connection: 'drop' },
  '25P04': { message: SLOW, connection: 'drop' },
  // What we have prepared and what the server has differ: a pooler has given us another's connection.
  '26000': { message: REPREPARED, connection: 'drop', repeat: true },
  '42P05': { message: REPREPARED, connection: 'drop', repeat: true },
  '28': { message: AWAY, connection: 'drop' },
  '3D': { message: AWAY, connection: 'drop' },
  // Rolled back in favour of others.
  '40001': { message: CONTENDED, connection: 'keep', repeat: true },
  '40P01': { message: CONTENDED, connection: 'keep', repeat: true },
  '40003': { message: AWAY, connection: 'drop', outcome: 'unknown' },
  // Disk, memory, connections. It takes more than a moment to make room.
  '53': { message: FULL, connection: 'keep' },
  '55P03': { message: CONTENDED, connection: 'keep' },
  // Starting, stopping; a statement that took too long.
  '57': { message: AWAY, connection: 'drop' },
  '57014': { message: SLOW, connection: 'keep' },
  '57P01': { message: AWAY, connection: 'drop', outcome: 'unknown' },
  '57P02': { message: AWAY, connection: 'drop', outcome: 'unknown' },
  // The server's own disk or system fails; PgCat tells with 58000 that it has lost its server.
  '58000': { message: AWAY, connection: 'drop', outcome: 'unknown' },
  '58030': { message: AWAY, connection: 'drop' },
};

/** A prepared statement of before a migration: it is prepared anew on another connection. */
const STALE_PLAN: PassingState = { message: REPREPARED, connection: 'drop', repeat: true };

/**
 * With `FATAL` and `PANIC` a server, or a pooler, ends the connection and says nothing against the statement, by whatever
 * code: Supavisor tells everything so with `XX000`, and each pooler has codes of its own.
 */
const ENDED: PassingState = { message: AWAY, connection: 'drop', outcome: 'unknown' };
const ENDING = new Set(['FATAL', 'PANIC']);

/** Null for an error that does not pass by itself. */
export function passingState(
  error: Pick<DatabaseError, 'code' | 'routine' | 'severity'>,
): PassingState | null {
  const { code = '', routine, severity = '' } = error;
  if (code === '0A000' && routine === 'RevalidateCachedQuery') return STALE_PLAN;
  const listed = PASSING_STATES[code] ?? PASSING_STATES[code.slice(0, 2)];
  return listed ?? (ENDING.has(severity) ? ENDED : null);
}
