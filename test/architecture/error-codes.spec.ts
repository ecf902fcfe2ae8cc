import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DomainError } from '../../src/arch/common/domain/errors/domain.error.js';
import * as kinds from '../../src/arch/common/domain/errors/kinds.js';
import { toErrorPayload } from '../../src/arch/common/interface/errors/error-payload.js';
import { ERROR_STATUS } from '../../src/arch/common/interface/errors/error-status.js';
import { ERRORS, type ErrorCode } from '../../src/arch/error-catalogue.js';

const ROOT = resolve(import.meta.dirname, '../..');
/** The codes in the table of the contract. */
const CONTRACT: Record<number, ErrorCode[]> = {
  400: ['VALIDATION_FAILED', 'MALFORMED_JSON', 'CURSOR_INVALID'],
  401: [
    'TOKEN_MISSING',
    'TOKEN_INVALID',
    'TOKEN_EXPIRED',
    'INVALID_CREDENTIALS',
    'REFRESH_TOKEN_INVALID',
    'REFRESH_TOKEN_REUSED',
    'SESSION_REVOKED',
  ],
  403: [
    'PERMISSION_DENIED',
    'NOT_CONVERSATION_MEMBER',
    'CANNOT_ADD_MEMBER',
    'POSTING_RESTRICTED',
    'USER_NOT_REACHABLE',
    'CANNOT_MENTION_ALL',
    'CANNOT_REMOVE_MEMBER',
    'MEMBER_BANNED',
    'CANNOT_CHANGE_ROLE',
    'CANNOT_CHANGE_CONVERSATION',
    'CANNOT_DELETE_CONVERSATION',
    'NOT_MESSAGE_AUTHOR',
    'EDIT_WINDOW_CLOSED',
    'CANNOT_DELETE_MESSAGE',
    'CANNOT_PIN_MESSAGE',
    'CANNOT_REMOVE_REACTION',
    'FORBIDDEN_POST_ACCESS',
    'ROOM_NOT_JOINED',
    'ORIGIN_NOT_ALLOWED',
  ],
  404: [
    'ROUTE_NOT_FOUND',
    'USER_NOT_FOUND',
    'CONVERSATION_NOT_FOUND',
    'MEMBER_NOT_FOUND',
    'MESSAGE_NOT_FOUND',
    'INVITE_NOT_FOUND',
    'UNKNOWN_EVENT',
    'SESSION_NOT_FOUND',
    'POST_NOT_FOUND',
  ],
  405: ['METHOD_NOT_ALLOWED'],
  408: ['REQUEST_TIMEOUT'],
  409: [
    'EMAIL_ALREADY_USED',
    'ALREADY_CONVERSATION_MEMBER',
    'CLIENT_MESSAGE_ID_REUSED',
    'MESSAGE_DELETED',
    'MESSAGE_CHANGED',
    'TOO_MANY_PINS',
    'TOO_MANY_REACTIONS',
    'IDEMPOTENCY_KEY_REUSED',
    'CONVERSATION_FULL',
    'DIRECT_CONVERSATION',
    'THREAD_NOT_ALLOWED',
    'TOO_MANY_INVITES',
  ],
  413: ['PAYLOAD_TOO_LARGE'],
  415: ['UNSUPPORTED_MEDIA_TYPE'],
  417: ['EXPECTATION_FAILED'],
  429: ['RATE_LIMITED', 'SLOW_MODE'],
  431: ['HEADERS_TOO_LARGE'],
  500: ['INTERNAL'],
  501: ['UNSUPPORTED_TRANSFER_ENCODING'],
  503: ['UNAVAILABLE', 'SHUTTING_DOWN'],
};
const collected = ERRORS.map(({ code }) => code);

type ErrorClass = abstract new (...args: never[]) => DomainError;

describe('of the errors that `src` has', async () => {
  const classes = await errorClasses();

  it('the catalogue has each, once, and no other', () => {
    const listed = ERRORS.map((error) => error.constructor.name);
    expect(listed.toSorted()).toEqual(classes.map(({ name }) => name).toSorted());
  });

  it('each extends a kind, and nothing else that has a code', () => {
    const bases = new Set<unknown>(Object.values(kinds));
    expect(
      classes.filter((error) => !bases.has(Object.getPrototypeOf(error))).map(({ name }) => name),
    ).toEqual([]);
  });
});

it('a code has one meaning: no two errors have the same', () => {
  expect(collected.filter((code, index) => collected.indexOf(code) !== index)).toEqual([]);
});

it.each(
  Object.entries(CONTRACT).flatMap(([status, codes]) => codes.map((code) => [code, Number(status)] as const)),
)('%s is %i', (code, status) => {
  const error = ERRORS.find((candidate) => candidate.code === code);
  expect(error && toErrorPayload(error).statusCode).toBe(status);
});

it('the contract knows every code', () => {
  expect(Object.values(CONTRACT).flat().toSorted()).toEqual(collected.toSorted());
});

it('each kind has a status of its own', () => {
  expect(new Set(Object.values(ERROR_STATUS)).size).toBe(Object.keys(kinds).length);
});

it.each([
  ['openapi', 'ApiError'],
  ['asyncapi', 'Failure'],
])('docs/%s.json lists every code', (file, schema) => {
  const { components } = JSON.parse(readFileSync(`${ROOT}/docs/${file}.json`, 'utf8')) as {
    components: { schemas: Record<string, { properties: { code: { enum: string[] } } }> };
  };
  expect(components.schemas[schema]?.properties.code.enum).toEqual(collected);
});

/** The error classes of all files, except the kinds. */
async function errorClasses(): Promise<ErrorClass[]> {
  const files = globSync('src/**/*.ts', { cwd: ROOT }).filter(
    (file) => !file.endsWith('.spec.ts') && !file.endsWith('/kinds.ts'),
  );
  const declaring = files.filter((file) =>
    /^export (abstract )?class \w+ extends /m.test(readFileSync(resolve(ROOT, file), 'utf8')),
  );
  const modules = await Promise.all(
    declaring.map((file) => import(resolve(ROOT, file)) as Promise<Record<string, unknown>>),
  );
  return modules
    .flatMap((module) => Object.values(module))
    .filter(
      (value): value is ErrorClass => typeof value === 'function' && value.prototype instanceof DomainError,
    );
}
