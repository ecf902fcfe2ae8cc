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

/** For a new connection, in one round trip. */
export const SET_SESSION = Object.entries(SESSION_SETTINGS)
  .map(([name, value]) => `set ${name} = '${value}'`)
  .join('; ');
