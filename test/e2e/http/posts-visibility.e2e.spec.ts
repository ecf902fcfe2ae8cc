import { decodeJwt, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestServer, type TestUser } from '../../support/test-server.js';

let server: TestServer;
let owner: TestUser;
let stranger: TestUser;
let open: string;
let secret: string;
/** By who reads: the token they send. */
let tokens: Record<string, string | undefined>;

beforeAll(async () => {
  server = await TestServer.start();
  [owner, stranger] = await Promise.all([server.signUp(), server.signUp()]);
  open = await write('public');
  secret = await write('private');
  tokens = {
    owner: owner.token,
    stranger: stranger.token,
    nobody: undefined,
    'an expired token': await sign({ exp: Math.floor(Date.now() / 1_000) - 1 }),
    'a foreign signature': await sign({}, 'another secret of thirty-two bytes or more'),
    'a tampered token': tampered(stranger.token, owner.id),
    nonsense: 'nonsense',
    'a refresh token': 'A'.repeat(43),
  };
});
afterAll(() => server.stop());

async function write(visibility: string): Promise<string> {
  const body = { title: visibility, content: 'For some.', visibility };
  return (await server.call('POST', '/posts', { token: owner.token, body })).body.id;
}

/** The owner's token with other claims, signed as the server signs. */
function sign(claims: object, secretKey = server.config.env.JWT_ACCESS_SECRET): Promise<string> {
  return new SignJWT({ ...decodeJwt(owner.token), ...claims })
    .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
    .sign(new TextEncoder().encode(secretKey));
}

/** With another subject under the old signature. */
function tampered(token: string, sub: string): string {
  const [header, , signature] = token.split('.');
  const payload = Buffer.from(JSON.stringify({ ...decodeJwt(token), sub })).toString('base64url');
  return [header, payload, signature].join('.');
}

const READERS = [
  'nobody',
  'stranger',
  'an expired token',
  'a foreign signature',
  'a tampered token',
  'nonsense',
  'a refresh token',
];
const call = (method: string, path: string, reader: string, body?: object) => {
  const token = tokens[reader];
  return server.call(method, path, { ...(token === undefined ? {} : { token }), ...(body ? { body } : {}) });
};
const titles = async (reader: string) => {
  const { status, body } = await call('GET', '/posts', reader);
  expect(status).toBe(200);
  return { titles: body.data.map(({ title }: { title: string }) => title), total: body.total };
};

describe.each(READERS)('%s', (reader) => {
  it('sees public posts only', async () => {
    expect(await titles(reader)).toEqual({ titles: ['public'], total: 1 });
  });

  it('reads a public post', async () => {
    expect(await call('GET', `/posts/${open}`, reader)).toMatchObject({ status: 200, body: { id: open } });
  });

  it('gets 403 for a private one, and not a byte of it', async () => {
    const { status, body } = await call('GET', `/posts/${secret}`, reader);
    expect({ status, code: body.code }).toEqual({ status: 403, code: 'FORBIDDEN_POST_ACCESS' });
    expect(JSON.stringify(body)).not.toMatch(/For some|"private"|ownerId/);
  });
});

it('the owner sees and reads both', async () => {
  expect(await titles('owner')).toEqual({ titles: ['private', 'public'], total: 2 });
  expect(await call('GET', `/posts/${secret}`, 'owner')).toMatchObject({ status: 200, body: { id: secret } });
});

it('a stranger changes and deletes neither', async () => {
  for (const id of [open, secret]) {
    expect((await call('PATCH', `/posts/${id}`, 'stranger', { title: 'Mine' })).body.code).toBe(
      'FORBIDDEN_POST_ACCESS',
    );
    expect((await call('DELETE', `/posts/${id}`, 'stranger')).body.code).toBe('FORBIDDEN_POST_ACCESS');
  }
  expect(await titles('owner')).toEqual({ titles: ['private', 'public'], total: 2 });
});

it('a post that its owner hides is gone for others, and comes back when shown', async () => {
  const id = await write('public');
  await call('PATCH', `/posts/${id}`, 'owner', { visibility: 'private' });
  expect((await call('GET', `/posts/${id}`, 'nobody')).status).toBe(403);
  expect((await titles('stranger')).total).toBe(1);
  await call('PATCH', `/posts/${id}`, 'owner', { visibility: 'public' });
  expect((await call('GET', `/posts/${id}`, 'nobody')).status).toBe(200);
  expect((await titles('stranger')).total).toBe(2);
});
