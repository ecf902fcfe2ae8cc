/**
 * Settings that our statements, and the parsing of their answers, depend on: a server, a database or a role may have
 * others. An answer that cannot be parsed fails after its statement has been executed (ADR 36).
 */
export const SESSION_SETTINGS: Readonly<Record<string, string>> = {
  // Format of texts and arrays in parameters. The driver itself requests UTF-8.
  standard_conforming_strings: 'on',
  // Otherwise the NULLs of an array parameter become the text "NULL".
  array_nulls: 'on',
  // Format of instants, intervals, bytes and numbers in answers.
  DateStyle: 'ISO, MDY',
  IntervalStyle: 'postgres',
  TimeZone: 'UTC',
  bytea_output: 'hex',
  extra_float_digits: '1',
  // A statement that has waited for a lock must see what was committed meanwhile (ADR 4).
  default_transaction_isolation: 'read committed',
};

/** Milliseconds, for one connection. */
export interface Bounds {
  /** For a lock that another transaction holds; 0 is unlimited. */
  readonly lock: number;
  readonly statement: number;
}

/** An idle transaction then loses its locks. */
const IDLE = 10_000;

const boundsOf = ({ lock, statement }: Bounds): Record<string, string> => ({
  lock_timeout: String(lock),
  statement_timeout: String(statement),
  idle_in_transaction_session_timeout: String(IDLE),
});

/**
 * Sets all settings of a new connection in one round trip, for the session if it is our own, and reports whether it is.
 * A pooler gives its clients another process id than that of the process that currently serves them.
 * @param processId the id that the connection has received; null accepts any
 */
export function setSession(bounds: Bounds, processId: number | null): string {
  const isOwn = processId === null ? 'true' : `(pg_backend_pid() = ${processId})`;
  const settings = Object.entries({ ...SESSION_SETTINGS, ...boundsOf(bounds) });
  // Local to the transaction of this statement: a shared session is not changed.
  const set = settings.map(([name, value]) => `set_config('${name}', '${value}', not ${isOwn})`);
  return `select ${isOwn} as is_own, ${set.join(', ')}`;
}

/** Statements at the beginning of a transaction on a shared session. */
export function setTransaction(bounds: Bounds): string {
  return Object.entries(boundsOf(bounds))
    .map(([name, value]) => `set local ${name} = ${value}`)
    .join('; ');
}
