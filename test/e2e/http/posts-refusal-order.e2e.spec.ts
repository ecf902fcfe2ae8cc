import { decodeJwt, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestServer, type TestUser } from '../../support/test-server.js';

const UNKNOWN = '00000000-0000-4000-8000-00000000dead';

let server: TestServer;
let owner: TestUser;
let stranger: TestUser;
let id: string;

beforeAll(async () => {
  server = await TestServer.start();
  [owner, stranger] = await Promise.all([server.signUp(), server.signUp()]);
  const body = { title: 'Title', content: 'Content' };
  id = (await server.call('POST', '/posts', { token: owner.token, body })).body.id;
});
afterAll(() => server.stop());

/** The user's token with other claims, signed with the server's secret. */
function sign(user: TestUser, claims: object): Promise<string> {
  return new SignJWT({ ...decodeJwt(user.token), ...claims })
    .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
    .sign(new TextEncoder().encode(server.config.env.JWT_ACCESS_SECRET));
}

/** A token with all permissions except one action on posts. */
function signWithout(user: TestUser, action: string): Promise<string> {
  const actions = ['create', 'read', 'update', 'delete'].filter((name) => name !== action);
  return sign(user, { permissions: [{ resource: 'posts', actions }] });
}

describe.each([
  ['create', 'POST', () => '/posts', { title: '' }],
  ['update', 'PATCH', (post: string) => `/posts/${post}`, { title: '' }],
  ['delete', 'DELETE', (post: string) => `/posts/${post}`, undefined],
])('%s', (action, method, path, badBody) => {
  const call = async (post: string, token?: string, body?: unknown) => {
    const options = { ...(token === undefined ? {} : { token }), ...(body === undefined ? {} : { body }) };
    const answer = await server.call(method, path(post), options);
    return `${answer.status} ${answer.body?.code}`;
  };

  it('requires a valid token before anything else', async () => {
    expect(await call('nonsense', undefined, badBody)).toBe('401 TOKEN_MISSING');
    expect(await call('nonsense', 'nonsense', badBody)).toBe('401 TOKEN_INVALID');
    const expired = await sign(owner, { exp: Math.floor(Date.now() / 1_000) - 1 });
    expect(await call('nonsense', expired, badBody)).toBe('401 TOKEN_EXPIRED');
  });

  it('then the permission, whatever is sent', async () => {
    const token = await signWithout(owner, action);
    expect(await call('nonsense', token, badBody)).toBe('403 PERMISSION_DENIED');
    expect(await call(UNKNOWN, token)).toBe('403 PERMISSION_DENIED');
    expect(await call(id, token, { title: 'New', content: 'New' })).toBe('403 PERMISSION_DENIED');
    const none = await sign(owner, { permissions: [] });
    expect(await call(id, none, badBody)).toBe('403 PERMISSION_DENIED');
  });

  it('then a request that can be understood', async () => {
    expect(await call(method === 'POST' ? id : 'nonsense', stranger.token, badBody)).toBe(
      '400 VALIDATION_FAILED',
    );
  });
});

describe.each([
  ['PATCH', { title: 'New' }],
  ['DELETE', undefined],
])('%s', (method, body) => {
  const call = async (post: string, user: TestUser) => {
    const options = { token: user.token, ...(body === undefined ? {} : { body }) };
    const answer = await server.call(method, `/posts/${post}`, options);
    return `${answer.status} ${answer.body?.code}`;
  };

  it('then the post, and last its owner', async () => {
    expect(await call(UNKNOWN, stranger)).toBe('404 POST_NOT_FOUND');
    expect(await call(id, stranger)).toBe('403 FORBIDDEN_POST_ACCESS');
  });
});

it('PATCH: a bad body comes before an unknown or a foreign post', async () => {
  for (const post of [UNKNOWN, id]) {
    const { body } = await server.call('PATCH', `/posts/${post}`, { token: stranger.token, body: {} });
    expect(body.code).toBe('VALIDATION_FAILED');
  }
});

it.each(['nonsense', '1', `${UNKNOWN}x`, '%00'])(
  'GET /posts/%s is 400, of an unknown id 404',
  async (bad) => {
    expect((await server.call('GET', `/posts/${bad}`)).body.code).toBe('VALIDATION_FAILED');
    expect((await server.call('GET', `/posts/${UNKNOWN}`)).body.code).toBe('POST_NOT_FOUND');
  },
);

it('reading needs no permission, the own private posts neither', async () => {
  const token = await sign(owner, { permissions: [] });
  const post = { title: 'Mine', content: 'Content', visibility: 'private' };
  const { body } = await server.call('POST', '/posts', { token: owner.token, body: post });
  expect((await server.call('GET', `/posts/${body.id}`, { token })).status).toBe(200);
  expect((await server.call('GET', '/posts', { token })).body.total).toBe(2);
});

it('of ten parallel deletions one answers 204 and nine 404', async () => {
  const { body } = await server.call('POST', '/posts', {
    token: owner.token,
    body: { title: 'Title', content: 'Content' },
  });
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => server.call('DELETE', `/posts/${body.id}`, { token: owner.token })),
  );
  const count = (wanted: number) => answers.filter(({ status }) => status === wanted).length;
  expect({ deleted: count(204), refused: count(404) }).toEqual({ deleted: 1, refused: 9 });
});
