import { DrizzleQueryError } from 'drizzle-orm';
import { DatabaseError } from 'pg';
import { UnavailableError } from '../../domain/errors/unavailable.error.js';

/**
 * SQLSTATE classes that say the server is away, closed to us, starting, stopping, full or took too long; nothing is
 * wrong with the statement itself. PostgreSQL manual, appendix A.
 */
const PASSING_STATES = /^(08|28|3D|53|57|55P03)/;

/** Those with which the server ends a connection, whatever became of the statement. All others say that it was not done. */
const ENDING_STATES = /^(08|57P0[12])/;

/** `lock_not_available`. */
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * What a failed query means to the layers above. Drizzle's own error is dropped on the way: its message
 * holds the parameters, and with them what people write to each other.
 * @param decisive whether the query, if it was carried out, has changed something: a statement outside of a
 * transaction, or COMMIT
 */
export function toDatabaseError(error: unknown, decisive: boolean): unknown {
  const cause = error instanceof DrizzleQueryError ? error.cause : error;
  if (cause instanceof DatabaseError) {
    const state = cause.code ?? '';
    if (!PASSING_STATES.test(state)) return cause;
    return unavailable(cause, decisive && ENDING_STATES.test(state));
  }
  return isDriverError(cause) ? unavailable(cause, decisive && !isNeverSent(cause)) : cause;
}

/** @param constraint the name in `schema.ts` */
export function isViolationOf(constraint: string, error: unknown): boolean {
  return error instanceof DatabaseError && error.constraint === constraint;
}

/** Whether it was not done because somebody else kept a lock for longer than `lock_timeout`. */
export function isLockTimeout(failure: unknown): boolean {
  const cause = failure instanceof UnavailableError ? failure.cause : failure;
  return cause instanceof DatabaseError && cause.code === LOCK_NOT_AVAILABLE;
}

/** A system error's, which Node also gives to errors of its own (a lost TLS handshake has no `syscall`), or TLS's. */
const SOCKET_CODES = /^(E[A-Z]+|ERR_SSL_\w+)$/;

/** Errors of the socket and of the pool: they carry no SQLSTATE, only a system code or a text of `pg`'s. */
function isDriverError(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  // A name with several addresses fails with the errors of all of them in one.
  if ('syscall' in error || error instanceof AggregateError) return true;
  if ('code' in error && SOCKET_CODES.test(String(error.code))) return true;
  return /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client was closed|Client has encountered a connection error|Cannot use a pool after calling end|Client is closed)/.test(
    error.message,
  );
}

/** Of those errors the ones that come before a statement has gone out. */
function isNeverSent(error: Error): boolean {
  if (error instanceof AggregateError) return true;
  if ('syscall' in error && /^(connect|getaddrinfo)$/.test(String(error.syscall))) return true;
  return /^(timeout exceeded when trying to connect|Connection terminated due to connection timeout|Client was closed|Client has encountered a connection error|Cannot use a pool after calling end|Client is closed)/.test(
    error.message,
  );
}

function unavailable(cause: Error, unknown: boolean): UnavailableError {
  const error = new UnavailableError(
    [{ path: 'database', message: 'The database does not answer.' }],
    unknown ? 'unknown' : undefined,
  );
  error.cause = cause;
  return error;
}
