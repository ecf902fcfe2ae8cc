import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiAnswer } from '../../support/api.js';
import { TestServer, type TestUser } from '../../support/test-server.js';

const UNKNOWN_ID = '00000000-0000-4000-8000-00000000dead';
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

let server: TestServer;
let user: TestUser;

beforeAll(async () => {
  server = await TestServer.start();
  user = await server.signUp('Ada');
});
afterAll(() => server.stop());

const code = ({ status, body }: ApiAnswer) => `${status} ${body.code}`;
const me = () => server.call('GET', '/users/me', { token: user.token });
const put = (body: unknown) => server.call('PUT', '/users/me', { token: user.token, body });

describe('GET /users/me', () => {
  it('answers the own profile, to the letter', async () => {
    const answer = await me();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.body).toStrictEqual({
      id: user.id,
      email: user.email,
      displayName: 'Ada',
      bio: null,
      avatarUrl: null,
      createdAt: expect.stringMatching(INSTANT),
      updatedAt: answer.body.createdAt,
    });
  });

  it('needs a token', async () => {
    expect(code(await server.call('GET', '/users/me'))).toBe('401 TOKEN_MISSING');
  });
});

describe('PUT /users/me', () => {
  it('changes what is given and leaves the rest', async () => {
    const { body: before } = await me();
    const renamed = await put({ displayName: ' Ada L. ' });
    expect(renamed.status).toBe(200);
    expect(renamed.body).toStrictEqual({
      ...before,
      displayName: ' Ada L. ',
      updatedAt: expect.stringMatching(INSTANT),
    });
    expect(renamed.body.updatedAt > before.updatedAt).toBe(true);
    const described = await put({ bio: 'Counts on engines.\n👩‍👩‍👧' });
    expect(described.body).toMatchObject({ displayName: ' Ada L. ', bio: 'Counts on engines.\n👩‍👩‍👧' });
    expect((await me()).body).toStrictEqual(described.body);
  });

  it.each([
    ['an empty bio', ''],
    ['no bio', null],
    ['a blank bio', '  '],
    ['500 characters', '🦊'.repeat(500)],
  ])('keeps %s as it is', async (_label, bio) => {
    expect((await put({ bio })).body.bio).toBe(bio);
    expect((await me()).body.bio).toBe(bio);
  });

  it('is how others see the user from then on', async () => {
    const id = await server.createConversation(user);
    await put({ displayName: '🦊'.repeat(80) });
    const { body } = await server.call('GET', `/chat/conversations/${id}`, { token: user.token });
    expect(body.members[0].displayName).toBe('🦊'.repeat(80));
  });

  it.each([
    ['nothing', {}],
    ['only what is undefined', { displayName: undefined }],
    ['no object', []],
    ['an empty name', { displayName: '' }],
    ['a blank name', { displayName: ' \t ' }],
    ['a name of 81 characters', { displayName: '🦊'.repeat(81) }],
    ['a name that is null', { displayName: null }],
    ['a name with U+0000', { displayName: 'a\0b' }],
    ['a name of invisible characters', { displayName: '\u200b\u3164' }],
    ['a name with a control character', { displayName: 'a\u0007' }],
    ['a name with a turn of direction', { displayName: 'a\u2067b' }],
    ['the name of an account that is gone', { displayName: 'Ｄｅｌｅｔｅｄ\u200b User' }],
    ['a bio of 501 characters', { bio: 'x'.repeat(501) }],
    ['a bio with a lone surrogate', { bio: 'a\udc00b' }],
    ['a bio that is a number', { bio: 5 }],
    ['a field that is not there', { displayName: 'Ada', email: 'eve@example.com' }],
    ['a good name with a bad bio', { displayName: 'Eve', bio: 5 }],
  ])('refuses %s and changes nothing', async (_label, body) => {
    const { body: before } = await me();
    expect(code(await put(body))).toBe('400 VALIDATION_FAILED');
    expect((await me()).body).toStrictEqual(before);
  });

  it('a name of before that would be refused now is shown, and does not stand in the way', async () => {
    const old = '\u202eold\nname';
    const someone = await server.signUp();
    await server.database.query('update users set display_name = $1 where id = $2', [old, someone.id]);
    const { status, body } = await server.call('PUT', '/users/me', {
      token: someone.token,
      body: { bio: 'x' },
    });
    expect([status, body.displayName, body.bio]).toEqual([200, old, 'x']);
    expect((await server.call('GET', `/users/${someone.id}`)).body.displayName).toBe(old);
  });

  it('needs a token, before it looks at the body', async () => {
    expect(code(await server.call('PUT', '/users/me', { body: {} }))).toBe('401 TOKEN_MISSING');
  });
});

const publicProfile = async () => {
  const { email: _, updatedAt: __, ...shown } = (await me()).body;
  return shown;
};

describe('GET /users/:id', () => {
  it.each([
    ['nobody', () => undefined],
    ['the user', () => user.token],
    ['somebody with a broken token', () => 'broken'],
  ])('shows the public profile to %s, to the letter', async (_label, token) => {
    const given = token();
    const answer = await server.call('GET', `/users/${user.id}`, given === undefined ? {} : { token: given });
    expect(answer.status).toBe(200);
    expect(answer.body).toStrictEqual(await publicProfile());
  });

  it('finds an id in capitals', async () => {
    expect((await server.call('GET', `/users/${user.id.toUpperCase()}`)).body).toStrictEqual(
      await publicProfile(),
    );
  });

  it('knows no other id, and none that is malformed', async () => {
    expect(code(await server.call('GET', `/users/${UNKNOWN_ID}`))).toBe('404 USER_NOT_FOUND');
    expect(code(await server.call('GET', '/users/you'))).toBe('400 VALIDATION_FAILED');
  });
});
