import type { DatabaseError } from 'pg';

/** How to handle a temporary failure that PostgreSQL, or a pooler in front of it, reports. */
export interface PassingState {
  /** The message for callers. */
  readonly message: string;
  /** Whether the connection stays in use; after an error outside of a transaction the pool drops it in any case. */
  readonly connection: 'keep' | 'drop';
  /** Whether we repeat the work: it was certainly not executed, and may soon succeed. */
  readonly repeat?: true;
  /** The server closes the connection with this report, whether or not it has executed the statement. */
  readonly outcome?: 'unknown';
}

export const AWAY = 'The database does not answer.';
const CONTENDED = 'Others were changing the same.';
const SLOW = 'The database took too long.';
const FULL = 'The database has no room.';
const REPREPARED = 'The database is being changed.';
export const ONLY_READS = 'The database only reads.';

/**
 * THE table of SQLSTATEs that do not blame the statement: a row for a state takes precedence over one for its class.
 * All other states are defects of ours. PostgreSQL manual, appendix A; docs/operations.md has it for operators.
 */
const PASSING_STATES: Readonly<Record<string, PassingState>> = {
  // Connections that are lost or refused. A pooler reports a lost server with 08P01, at any time.
  '08': { message: AWAY, connection: 'drop', outcome: 'unknown' },
  '08001': { message: AWAY, connection: 'drop' },
  '08004': { message: AWAY, connection: 'drop' },
  // A standby, or a server that an operator or a provider has made read-only.
  '25006': { message: ONLY_READS, connection: 'drop', repeat: true },
  // Transactions that the server has ended because they were idle, or took too long.
  '25P03': { message: SLOW, connection: 'drop' },
  '25P04': { message: SLOW, connection: 'drop' },
  // Our prepared statements differ from the server's: a pooler has given us another client's session.
  '26000': { message: REPREPARED, connection: 'drop', repeat: true },
  '42P05': { message: REPREPARED, connection: 'drop', repeat: true },
  '28': { message: AWAY, connection: 'drop' },
  '3D': { message: AWAY, connection: 'drop' },
  // Rolled back in favour of other transactions.
  '40001': { message: CONTENDED, connection: 'keep', repeat: true },
  '40P01': { message: CONTENDED, connection: 'keep', repeat: true },
  '40003': { message: AWAY, connection: 'drop', outcome: 'unknown' },
  // Disk, memory, connections. Freeing some takes longer than a retry.
  '53': { message: FULL, connection: 'keep' },
  '55P03': { message: CONTENDED, connection: 'keep' },
  // Starting, stopping; a statement that took too long.
  '57': { message: AWAY, connection: 'drop' },
  '57014': { message: SLOW, connection: 'keep' },
  '57P01': { message: AWAY, connection: 'drop', outcome: 'unknown' },
  '57P02': { message: AWAY, connection: 'drop', outcome: 'unknown' },
  // The server's own disk or system fails; PgCat reports a lost server with 58000.
  '58000': { message: AWAY, connection: 'drop', outcome: 'unknown' },
  '58030': { message: AWAY, connection: 'drop' },
};

/** A prepared statement from before a migration: it is prepared again on another connection. */
const STALE_PLAN: PassingState = { message: REPREPARED, connection: 'drop', repeat: true };

/**
 * With `FATAL` and `PANIC` a server, or a pooler, closes the connection for a reason other than the statement, whatever
 * the code: Supavisor uses `XX000` for everything, and each pooler has its own codes.
 */
const ENDED: PassingState = { message: AWAY, connection: 'drop', outcome: 'unknown' };
const ENDING = new Set(['FATAL', 'PANIC']);

/** Returns null for an error that is not temporary. */
export function passingState(
  error: Pick<DatabaseError, 'code' | 'routine' | 'severity'>,
): PassingState | null {
  const { code = '', routine, severity = '' } = error;
  if (code === '0A000' && routine === 'RevalidateCachedQuery') return STALE_PLAN;
  const listed = PASSING_STATES[code] ?? PASSING_STATES[code.slice(0, 2)];
  return listed ?? (ENDING.has(severity) ? ENDED : null);
}
