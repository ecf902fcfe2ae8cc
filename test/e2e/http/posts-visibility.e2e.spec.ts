import { decodeJwt, SignJWT } from 'jose';
import { describe, expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';

const it = apiTest
  .extend('write', PER_FILE, ({ server, owner }) => async (visibility: string): Promise<string> => {
    const body = { title: visibility, content: 'For some.', visibility };
    return (await server.call('POST', '/posts', { token: owner.token, body })).body.id;
  })
  .extend('open', { scope: 'file', auto: true }, ({ write }) => write('public'))
  .extend('secret', { scope: 'file', auto: true }, ({ write }) => write('private'))
  /** The owner's token with other claims, signed with the server's secret. */
  .extend(
    'sign',
    PER_FILE,
    ({ server, owner }) =>
      (claims: object, secretKey = server.config.env.JWT_ACCESS_SECRET): Promise<string> => {
        return new SignJWT({ ...decodeJwt(owner.token), ...claims })
          .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
          .sign(new TextEncoder().encode(secretKey));
      },
  )
  /** The token that each reader sends. */
  .extend(
    'tokens',
    PER_FILE,
    async ({ owner, stranger, sign }): Promise<Record<string, string | undefined>> => ({
      owner: owner.token,
      stranger: stranger.token,
      nobody: undefined,
      'an expired token': await sign({ exp: Math.floor(Date.now() / 1_000) - 1 }),
      'a foreign signature': await sign({}, 'another secret of thirty-two bytes or more'),
      'a tampered token': tampered(stranger.token, owner.id),
      nonsense: 'nonsense',
      'a refresh token': 'A'.repeat(43),
    }),
  )
  .extend('steps', PER_FILE, ({ server, tokens }) => {
    const call = (method: string, path: string, reader: string, body?: object) => {
      const token = tokens[reader];
      return server.call(method, path, {
        ...(token === undefined ? {} : { token }),
        ...(body ? { body } : {}),
      });
    };
    const titles = async (reader: string) => {
      const { status, body } = await call('GET', '/posts', reader);
      expect(status).toBe(200);
      return { titles: body.data.map(({ title }: { title: string }) => title), total: body.total };
    };

    return { call, titles };
  });

/** A token with another subject and the old signature. */
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

describe.each(READERS)('%s', (reader) => {
  it('sees public posts only', async ({ steps }) => {
    expect(await steps.titles(reader)).toEqual({ titles: ['public'], total: 1 });
  });

  it('reads a public post', async ({ steps, open }) => {
    expect(await steps.call('GET', `/posts/${open}`, reader)).toMatchObject({
      status: 200,
      body: { id: open },
    });
  });

  it('gets 403 for a private one, and not a byte of it', async ({ steps, secret }) => {
    const { status, body } = await steps.call('GET', `/posts/${secret}`, reader);
    expect({ status, code: body.code }).toEqual({ status: 403, code: 'FORBIDDEN_POST_ACCESS' });
    expect(JSON.stringify(body)).not.toMatch(/For some|"private"|ownerId/);
  });
});

it('the owner sees and reads both', async ({ steps, secret }) => {
  expect(await steps.titles('owner')).toEqual({ titles: ['private', 'public'], total: 2 });
  expect(await steps.call('GET', `/posts/${secret}`, 'owner')).toMatchObject({
    status: 200,
    body: { id: secret },
  });
});

it('a stranger changes and deletes neither', async ({ steps, open, secret }) => {
  for (const id of [open, secret]) {
    expect((await steps.call('PATCH', `/posts/${id}`, 'stranger', { title: 'Mine' })).body.code).toBe(
      'FORBIDDEN_POST_ACCESS',
    );
    expect((await steps.call('DELETE', `/posts/${id}`, 'stranger')).body.code).toBe('FORBIDDEN_POST_ACCESS');
  }
  expect(await steps.titles('owner')).toEqual({ titles: ['private', 'public'], total: 2 });
});

it('a post that its owner hides is not found by others, until it is public again', async ({
  steps,
  write,
}) => {
  const id = await write('public');
  await steps.call('PATCH', `/posts/${id}`, 'owner', { visibility: 'private' });
  expect((await steps.call('GET', `/posts/${id}`, 'nobody')).status).toBe(403);
  expect((await steps.titles('stranger')).total).toBe(1);
  await steps.call('PATCH', `/posts/${id}`, 'owner', { visibility: 'public' });
  expect((await steps.call('GET', `/posts/${id}`, 'nobody')).status).toBe(200);
  expect((await steps.titles('stranger')).total).toBe(2);
});
