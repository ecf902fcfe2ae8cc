import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose';
import type { ApiAnswer } from '../../support/api.js';
import type { TestServer, TestUser } from '../../support/test-server.js';

export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
export const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
/** An id that belongs to nothing. */
export const UNKNOWN_ID = '00000000-0000-4000-8000-00000000dead';
/** An id of a thread that is not there. */
export const UNKNOWN_THREAD = '00000000-0000-8000-8000-00000000dead';

export const ALL_PERMISSIONS = [
  { resource: 'user', actions: ['read', 'update'] },
  { resource: 'posts', actions: ['create', 'read', 'update', 'delete'] },
  { resource: 'conversations', actions: ['create', 'read', 'update', 'delete'] },
  { resource: 'messages', actions: ['create', 'read', 'update', 'delete'] },
];

/** A request exactly as given, with any headers and any bytes. */
export async function request(url: string, path: string, init: RequestInit = {}): Promise<ApiAnswer> {
  const response = await fetch(url + path, init);
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
}

/** Checks that a failure has the contract's shape, to the letter, and returns its name: `403 PERMISSION_DENIED`. */
export function refusal({ status, headers, body }: ApiAnswer): string {
  assert.deepEqual(
    Object.keys(body).filter((name) => status !== 503 || name !== 'outcome'),
    ['statusCode', 'error', 'code', 'message', 'requestId', 'timestamp', 'path', 'details'],
    `not the error shape: ${status} ${JSON.stringify(body)}`,
  );
  assert.equal(body.statusCode, status);
  assert.equal(body.error, STATUS_CODES[status]);
  assert.match(body.message, /^[A-Z].+\.$/s);
  assert.equal(body.requestId, headers.get('x-request-id'));
  assert.ok(body.requestId);
  assert.match(body.timestamp, INSTANT);
  assert.match(body.path, /^\/[^?]*$/);
  assert.match(headers.get('content-type') ?? '', /^application\/json; charset=utf-8$/);
  assert.ok(Array.isArray(body.details));
  for (const detail of body.details) {
    assert.deepEqual(Object.keys(detail), ['path', 'message']);
    assert.equal(typeof detail.path, 'string');
    assert.equal(typeof detail.message, 'string');
  }
  return `${status} ${body.code}`;
}

/** For parallel requests: the answers, sorted. */
export function sortedStatuses(answers: readonly ApiAnswer[]): number[] {
  return answers.map(({ status }) => status).toSorted((one, other) => one - other);
}

interface Forgery {
  readonly header?: Partial<JWTHeaderParameters>;
  /** Replaces claims; a claim that is `undefined` is omitted. */
  readonly claims?: JWTPayload;
  readonly secret?: string;
}

/** An access token of the user, signed like the server's, except for the given changes. */
export function forgeToken(
  server: TestServer,
  user: TestUser,
  { header, claims, secret = server.config.env.JWT_ACCESS_SECRET }: Forgery = {},
): Promise<string> {
  const now = Math.floor(Date.now() / 1_000);
  const payload = {
    sub: user.id,
    email: user.email,
    sid: randomUUID(),
    permissions: ALL_PERMISSIONS,
    iss: 'causerie',
    aud: 'causerie',
    iat: now,
    exp: now + 60,
    jti: randomUUID(),
    ...claims,
  };
  return new SignJWT(JSON.parse(JSON.stringify(payload)))
    .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', ...header })
    .sign(new TextEncoder().encode(secret));
}

/** Inserts accounts directly into the table; nobody can log in to them. */
export async function insertUsers({ database }: TestServer, count: number): Promise<string[]> {
  const rows = await database.query<{ id: string }>(
    `insert into users (email, password_hash, display_name)
     select gen_random_uuid() || '@test.example', 'none', 'Filler ' || n from generate_series(1, $1::int) n
     returning id`,
    [count],
  );
  return rows.map(({ id }) => id);
}

/** Adds members to a conversation until it has `count`, without the application. */
export async function fillMembers(server: TestServer, conversationId: string, count: number): Promise<void> {
  const [row] = await server.database.query<{ member_count: number }>(
    'select member_count from conversations where id = $1',
    [conversationId],
  );
  assert.ok(row);
  await server.database.query(
    'insert into conversation_members (conversation_id, user_id) select $1, unnest($2::uuid[])',
    [conversationId, await insertUsers(server, count - row.member_count)],
  );
  await server.database.query('update conversations set member_count = $2 where id = $1', [
    conversationId,
    count,
  ]);
}

/** Sends `text 1` … `text n`, one after another; returns the messages. */
export async function sendMessages(
  server: TestServer,
  sender: TestUser,
  conversationId: string,
  count: number,
): Promise<ApiAnswer['body'][]> {
  const sent = [];
  for (let n = 1; n <= count; n += 1) {
    const { status, body } = await server.call('POST', `/chat/conversations/${conversationId}/messages`, {
      token: sender.token,
      body: { content: `text ${n}` },
    });
    assert.equal(status, 201);
    sent.push(body);
  }
  return sent;
}

/** The stored numbers of the conversation. */
export async function storedHead(
  { database }: TestServer,
  conversationId: string,
): Promise<{ lastSeq: number; rev: number; membersRev: number; memberCount: number; rows: number }> {
  const [head] = await database.query<{
    lastSeq: number;
    rev: number;
    membersRev: number;
    memberCount: number;
    rows: number;
  }>(
    `select last_seq::int as "lastSeq", rev::int as rev, members_rev::int as "membersRev",
       member_count as "memberCount",
       (select count(*)::int from conversation_members where conversation_id = c.id) as rows
     from conversation_heads c where id = $1`,
    [conversationId],
  );
  assert.ok(head);
  return head;
}
