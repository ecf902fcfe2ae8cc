import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestServer, type TestUser } from '../../support/test-server.js';
import { fillMembers, forgeToken, refusal, request, UNKNOWN_ID } from './support.js';

let server: TestServer;
let owner: TestUser;
let member: TestUser;
let stranger: TestUser;
let id: string;

beforeAll(async () => {
  server = await TestServer.start();
  [owner, member, stranger] = await Promise.all([server.signUp(), server.signUp(), server.signUp()]);
  id = await server.createConversation(owner, [member]);
});
afterAll(() => server.stop());

const post = (path: string, token: string | undefined, body: unknown) =>
  server.call('POST', `/chat/conversations/${path}`, { ...(token === undefined ? {} : { token }), body });

const json = { 'content-type': 'application/json' };
const unreadable: [string, string, RequestInit][] = [
  ['malformed JSON', '400 MALFORMED_JSON', { headers: json, body: '{' }],
  ['a body too large', '413 PAYLOAD_TOO_LARGE', { headers: json, body: `"${'x'.repeat(102_400)}"` }],
  [
    'another media type',
    '415 UNSUPPORTED_MEDIA_TYPE',
    { headers: { 'content-type': 'text/plain' }, body: 'x' },
  ],
];

it.each(unreadable)('unknown route before %s', async (_label, _code, init) => {
  const answer = await request(server.url, '/nowhere', { method: 'POST', ...init });
  expect(refusal(answer)).toBe('404 ROUTE_NOT_FOUND');
});

it('unknown route and method before a missing token', async () => {
  expect(refusal(await server.call('PUT', '/nowhere', { body: {} }))).toBe('404 ROUTE_NOT_FOUND');
  expect(refusal(await server.call('PUT', '/chat/conversations', { body: {} }))).toBe(
    '405 METHOD_NOT_ALLOWED',
  );
});

it.each(unreadable)('%s before a missing token', async (_label, code, init) => {
  const answer = await request(server.url, `/chat/conversations/${id}/messages`, { method: 'POST', ...init });
  expect(refusal(answer)).toBe(code);
});

it('401 before 403: an expired token without permissions is expired', async () => {
  const past = Math.floor(Date.now() / 1_000) - 60;
  const claims = { permissions: [], exp: past, iat: past };
  const token = await forgeToken(server, owner, { claims });
  expect(refusal(await post(`${id}/messages`, token, { content: 'x' }))).toBe('401 TOKEN_EXPIRED');
});

it('401 before 400, 404, 403 and 409', async () => {
  const answers = await Promise.all([
    post(`${id}/messages`, undefined, {}),
    post(`${UNKNOWN_ID}/messages`, undefined, { content: 'x' }),
    post(`${id}/members`, undefined, { userId: member.id }),
    server.call('POST', '/chat/conversations', { body: { memberIds: [UNKNOWN_ID] } }),
  ]);
  expect(answers.map(refusal)).toEqual(answers.map(() => '401 TOKEN_MISSING'));
});

it('403 permission before 400 and 404', async () => {
  const token = await forgeToken(server, owner, { claims: { permissions: [] } });
  const answers = await Promise.all([
    post(`${id}/messages`, token, {}),
    post('malformed/messages', token, { content: 'x' }),
    post(`${UNKNOWN_ID}/members`, token, { userId: member.id }),
    server.call('GET', '/chat/conversations?cursor=nonsense', { token }),
  ]);
  expect(answers.map(refusal)).toEqual(answers.map(() => '403 PERMISSION_DENIED'));
});

it('400 before 404 in the path', async () => {
  const answers = await Promise.all([
    post(`${UNKNOWN_ID}/messages`, owner.token, { content: '' }),
    post(`${UNKNOWN_ID}/members`, owner.token, { userId: 'malformed' }),
    server.call('GET', `/chat/conversations/${UNKNOWN_ID}/messages?page=0`, { token: owner.token }),
  ]);
  expect(answers.map(refusal)).toEqual(answers.map(() => '400 VALIDATION_FAILED'));
});

it('400 before 403 not a member, 404 in the body and 409', async () => {
  const answers = await Promise.all([
    post(`${id}/messages`, stranger.token, { content: ' ' }),
    server.call('GET', `/chat/conversations/${id}/messages?limit=101`, { token: stranger.token }),
    post(`${id}/members`, owner.token, { userId: member.id, role: 'admin' }),
    server.call('POST', '/chat/conversations', {
      token: owner.token,
      body: { memberIds: [UNKNOWN_ID], title: '' },
    }),
    server.call('POST', '/auth/signup', {
      body: { email: owner.email, password: 'short', displayName: 'X' },
    }),
  ]);
  expect(answers.map(refusal)).toEqual(answers.map(() => '400 VALIDATION_FAILED'));
});

it.each(['members', 'bans', `messages/${UNKNOWN_ID}/readers`])(
  '400 for a cursor of %s before 404 in the path and 403',
  async (list) => {
    const read = (conversationId: string, { token }: TestUser) =>
      server.call('GET', `/chat/conversations/${conversationId}/${list}?cursor=x`, { token });
    const answers = await Promise.all([read(UNKNOWN_ID, owner), read(id, stranger)]);
    expect(answers.map(refusal)).toEqual(answers.map(() => '400 CURSOR_INVALID'));
  },
);

it('404 in the path before 404 in the body', async () => {
  const answer = await post(`${UNKNOWN_ID}/members`, owner.token, { userId: UNKNOWN_ID });
  expect(refusal(answer)).toBe('404 CONVERSATION_NOT_FOUND');
});

it('403 before 404 in the body: a user who may not add members learns nothing about accounts', async () => {
  expect(refusal(await post(`${id}/members`, stranger.token, { userId: UNKNOWN_ID }))).toBe(
    '403 NOT_CONVERSATION_MEMBER',
  );
  expect(refusal(await post(`${id}/members`, member.token, { userId: UNKNOWN_ID }))).toBe(
    '403 CANNOT_ADD_MEMBER',
  );
});

it('403 before 409: a user who may not add or write learns nothing about members and messages', async () => {
  expect(refusal(await post(`${id}/members`, stranger.token, { userId: member.id }))).toBe(
    '403 NOT_CONVERSATION_MEMBER',
  );
  expect(refusal(await post(`${id}/members`, member.token, { userId: owner.id }))).toBe(
    '403 CANNOT_ADD_MEMBER',
  );
});

it('404 in the body and 409 already a member before 409 full', async () => {
  const full = await server.createConversation(owner, [member]);
  await fillMembers(server, full, 5_000);
  expect(refusal(await post(`${full}/members`, owner.token, { userId: UNKNOWN_ID }))).toBe(
    '404 USER_NOT_FOUND',
  );
  expect(refusal(await post(`${full}/members`, owner.token, { userId: member.id }))).toBe(
    '409 ALREADY_CONVERSATION_MEMBER',
  );
  expect(refusal(await post(`${full}/members`, owner.token, { userId: stranger.id }))).toBe(
    '409 CONVERSATION_FULL',
  );
});
