import { DrizzleQueryError } from 'drizzle-orm';
import { DatabaseError } from 'pg';
import { UnavailableError } from '../../domain/errors/unavailable.error.js';
import { AWAY, ONLY_READS, type PassingState, passingState } from './passing-states.js';

/** `lock_not_available`. */
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Converts the error of a failed query. Drizzle's own error is dropped: its message contains the parameters, and so
 * contents of messages.
 * @param decisive whether the query may have changed something if it was executed: a statement outside of a
 * transaction, or COMMIT
 */
export function toDatabaseError(error: unknown, decisive: boolean): unknown {
  const cause = error instanceof DrizzleQueryError ? error.cause : error;
  if (cause instanceof DatabaseError) {
    const state = passingState(cause);
    return state ? unavailable(cause, state.message, decisive && state.outcome === 'unknown') : cause;
  }
  return isDriverError(cause) ? unavailable(cause, AWAY, decisive && !isNeverSent(cause)) : cause;
}

/** Whatever prevents a connection, the statement is not at fault and was never sent. */
export function toConnectError(error: Error): UnavailableError {
  const state = error instanceof DatabaseError ? passingState(error) : null;
  return unavailable(error, state?.message ?? AWAY, false);
}

export function onlyReadsError(): UnavailableError {
  return unavailable(new Error('the server only reads (a standby, or closed to writing)'), ONLY_READS, false);
}

/** How to handle a failure that PostgreSQL has reported; null for every other one. */
export function reportedState(failure: unknown): PassingState | null {
  const cause = failure instanceof UnavailableError ? failure.cause : null;
  return cause instanceof DatabaseError ? passingState(cause) : null;
}

/** @param constraint the name in `schema.ts` */
export function isViolationOf(constraint: string, error: unknown): boolean {
  return error instanceof DatabaseError && error.constraint === constraint;
}

/** Whether the failure is a lock that another transaction held for longer than `lock_timeout`. */
export function isLockTimeout(failure: unknown): boolean {
  const cause = failure instanceof UnavailableError ? failure.cause : failure;
  return cause instanceof DatabaseError && cause.code === LOCK_NOT_AVAILABLE;
}

/** Codes of system errors, which Node also gives to its own (a lost TLS handshake has no `syscall`), or of TLS. */
const SOCKET_CODES = /^(E[A-Z]+|ERR_SSL_\w+)$/;
/** Messages of `pg` when it has sent nothing. */
const NEVER_SENT =
  /^(timeout exceeded when trying to connect|Connection terminated due to connection timeout|Client was closed|Client has encountered a connection error|Cannot use a pool after calling end|Client is closed)/;

/** Errors of the socket and of the pool: they have no SQLSTATE, only a system code or a message of `pg`. */
function isDriverError(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  // A name with several addresses fails with one error that contains those of all addresses.
  if ('syscall' in error || error instanceof AggregateError) return true;
  if ('code' in error && SOCKET_CODES.test(String(error.code))) return true;
  return isNeverSent(error) || /^(Connection terminated|Query read timeout)/.test(error.message);
}

/** Those of these errors that occur before a statement is sent. */
function isNeverSent(error: Error): boolean {
  if (error instanceof AggregateError) return true;
  if ('syscall' in error && /^(connect|getaddrinfo)$/.test(String(error.syscall))) return true;
  return NEVER_SENT.test(error.message);
}

function unavailable(cause: Error, message: string, unknown: boolean): UnavailableError {
  const error = new UnavailableError([{ path: 'database', message }], unknown ? 'unknown' : undefined);
  error.cause = cause;
  return error;
}
