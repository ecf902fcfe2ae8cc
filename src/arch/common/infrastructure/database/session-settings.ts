/**
 * What our statements, and whoever reads their answers, take for granted: a server, a database or a role may have it
 * otherwise. An answer that cannot be read fails after its statement was carried out (ADR 36).
 */
export const SESSION_SETTINGS: Readonly<Record<string, string>> = {
  // How texts and arrays go in. The driver itself asks for UTF-8.
  standard_conforming_strings: 'on',
  // Else the NULLs of an array that is sent become the text "NULL".
  array_nulls: 'on',
  // How instants, spans, bytes and numbers come out.
  DateStyle: 'ISO, MDY',
  IntervalStyle: 'postgres',
  TimeZone: 'UTC',
  bytea_output: 'hex',
  extra_float_digits: '1',
  // A statement that has waited for a lock must see what was committed meanwhile (ADR 4).
  default_transaction_isolation: 'read committed',
};

/** Milliseconds, of one connection. */
export interface Bounds {
  /** For a lock that somebody else holds; 0 is without end. */
  readonly lock: number;
  readonly statement: number;
}

/** A transaction that we do not go on with keeps what it has locked no longer. */
const IDLE = 10_000;

const boundsOf = ({ lock, statement }: Bounds): Record<string, string> => ({
  lock_timeout: String(lock),
  statement_timeout: String(statement),
  idle_in_transaction_session_timeout: String(IDLE),
});

/**
 * For a new connection, in one round trip: sets all of it for the session if that is our own, and says whether it is. A
 * pooler gives its clients another number than that of the process which serves them at the moment.
 * @param processId as the connection was told; null: whatever it was told
 */
export function setSession(bounds: Bounds, processId: number | null): string {
  const isOwn = processId === null ? 'true' : `(pg_backend_pid() = ${processId})`;
  const settings = Object.entries({ ...SESSION_SETTINGS, ...boundsOf(bounds) });
  // Local to the transaction of this statement alone: set for nobody.
  const set = settings.map(([name, value]) => `set_config('${name}', '${value}', not ${isOwn})`);
  return `select ${isOwn} as is_own, ${set.join(', ')}`;
}

/** For a transaction on a session that is not our own. */
export function setTransaction(bounds: Bounds): string {
  return Object.entries(boundsOf(bounds))
    .map(([name, value]) => `set local ${name} = ${value}`)
    .join('; ');
}
