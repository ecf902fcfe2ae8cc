import { DrizzleQueryError } from 'drizzle-orm';
import { DatabaseError } from 'pg';
import { describe, expect, it } from 'vitest';
import { UnavailableError } from '../../domain/errors/unavailable.error.js';
import { isViolationOf, toDatabaseError } from './database-error.js';

function databaseError(code: string, constraint?: string): DatabaseError {
  return Object.assign(new DatabaseError('told by PostgreSQL', 0, 'error'), { code, constraint });
}
const socketError = (code: string) => Object.assign(new Error(code), { code, syscall: 'connect' });

describe('is temporary:', () => {
  it.each([
    databaseError('08006'),
    databaseError('53300'),
    databaseError('53100'),
    databaseError('57P01'),
    databaseError('57P03'),
    databaseError('57014'),
    socketError('ECONNREFUSED'),
    socketError('ECONNRESET'),
    socketError('ENOENT'),
    socketError('ENOTFOUND'),
    socketError('EAI_AGAIN'),
    // Node's own error for TLS and for a connection that its peer has closed.
    Object.assign(new Error('Client network socket disconnected'), { code: 'ECONNRESET' }),
    Object.assign(new Error('bad record mac'), { code: 'ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC' }),
    Object.assign(new Error('This socket has been ended by the other party'), { code: 'EPIPE' }),
    // Node's error for a name with several addresses of which none answers.
    Object.assign(new AggregateError([socketError('ECONNREFUSED'), socketError('ECONNREFUSED')]), {
      code: 'ECONNREFUSED',
    }),
    new Error('Connection terminated unexpectedly'),
    new Error('Connection terminated due to connection timeout'),
    new Error('timeout exceeded when trying to connect'),
    new Error('Query read timeout'),
    new Error('Client has encountered a connection error and is not queryable'),
    new Error('Client was closed and is not queryable'),
    new Error('Cannot use a pool after calling end on the pool'),
  ])('%s', (cause) => {
    for (const error of [cause, new DrizzleQueryError('select $1', ['secret'], cause)]) {
      const translated = toDatabaseError(error, true);
      expect(translated).toBeInstanceOf(UnavailableError);
      expect(translated).toMatchObject({ cause });
      expect(JSON.stringify(translated)).not.toContain('secret');
    }
  });
});

describe('leaves its outcome unknown when it would have taken effect by itself:', () => {
  it.each([
    databaseError('08006'),
    databaseError('57P01'),
    databaseError('57P02'),
    Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', syscall: 'read' }),
    Object.assign(new Error('This socket has been ended by the other party'), { code: 'EPIPE' }),
    Object.assign(new Error('bad record mac'), { code: 'ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC' }),
    new Error('Connection terminated unexpectedly'),
    new Error('Query read timeout'),
  ])('%s', (cause) => {
    expect(toDatabaseError(cause, true)).toMatchObject({ outcome: 'unknown' });
    expect(toDatabaseError(cause, false)).toMatchObject({ outcome: undefined });
  });
});

describe('reports that nothing was done:', () => {
  it.each([
    databaseError('53300'),
    databaseError('53100'),
    databaseError('57P03'),
    databaseError('57014'),
    databaseError('28P01'),
    socketError('ECONNREFUSED'),
    socketError('ECONNRESET'),
    socketError('ENOENT'),
    Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND', syscall: 'getaddrinfo' }),
    Object.assign(new AggregateError([socketError('ECONNREFUSED')]), { code: 'ECONNREFUSED' }),
    new Error('Connection terminated due to connection timeout'),
    new Error('timeout exceeded when trying to connect'),
    new Error('Client has encountered a connection error and is not queryable'),
    new Error('Client was closed and is not queryable'),
    new Error('Cannot use a pool after calling end on the pool'),
  ])('%s', (cause) => {
    expect(toDatabaseError(cause, true)).toMatchObject({ code: 'UNAVAILABLE', outcome: undefined });
  });
});

describe('is an internal error:', () => {
  it.each([
    databaseError('23505'),
    databaseError('23503'),
    databaseError('22001'),
    databaseError('42601'),
    databaseError('42P01'),
    new Error('something else'),
    new TypeError('Cannot read properties of undefined'),
    Object.assign(new TypeError('The argument'), { code: 'ERR_INVALID_ARG_TYPE' }),
    new Error('I said: Connection terminated'),
  ])('%s', (cause) => {
    expect(toDatabaseError(cause, true)).toBe(cause);
    expect(toDatabaseError(new DrizzleQueryError('select $1', ['secret'], cause), true)).toBe(cause);
  });

  it.each(['a string', undefined, null, 7])('%s', (thrown) => {
    expect(toDatabaseError(thrown, true)).toBe(thrown);
  });
});

it('a converted error is not converted again', () => {
  const unavailable = new UnavailableError();
  expect(toDatabaseError(unavailable, true)).toBe(unavailable);
});

it("nothing of Drizzle's own error is left, even when it has no cause", () => {
  const translated = toDatabaseError(
    new DrizzleQueryError('insert into messages values ($1)', ['secret']),
    true,
  );
  expect(translated).not.toBeInstanceOf(DrizzleQueryError);
  expect(String(translated)).not.toContain('secret');
});

describe('isViolationOf', () => {
  it('knows the constraint by its name', () => {
    expect(isViolationOf('users_email_key', databaseError('23505', 'users_email_key'))).toBe(true);
  });
  it.each([
    databaseError('23505', 'messages_pkey'),
    databaseError('23505'),
    Object.assign(new Error('users_email_key'), { constraint: 'users_email_key' }),
    null,
  ])('%s is another failure', (error) => {
    expect(isViolationOf('users_email_key', error)).toBe(false);
  });
});
