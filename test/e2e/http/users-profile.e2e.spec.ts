import { describe, expect } from 'vitest';
import type { ApiAnswer } from '../../support/api.js';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import type { TestUser } from '../../support/test-server.js';

const UNKNOWN_ID = '00000000-0000-4000-8000-00000000dead';
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const it = apiTest
  .extend('user', PER_FILE, ({ server }) => server.signUp('Ada'))
  .extend('steps', PER_FILE, ({ server, user }) => {
    const me = () => server.call('GET', '/users/me', { token: user.token });
    const put = (body: unknown) => server.call('PUT', '/users/me', { token: user.token, body });
    const publicProfile = async () => {
      const { email: _, updatedAt: __, ...shown } = (await me()).body;
      return shown;
    };

    return { me, put, publicProfile };
  });

const code = ({ status, body }: ApiAnswer) => `${status} ${body.code}`;

describe('GET /users/me', () => {
  it('answers the own profile, to the letter', async ({ steps, user }) => {
    const answer = await steps.me();
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

  it('needs a token', async ({ server }) => {
    expect(code(await server.call('GET', '/users/me'))).toBe('401 TOKEN_MISSING');
  });
});

describe('PUT /users/me', () => {
  it('changes what is given and leaves the rest', async ({ steps }) => {
    const { body: before } = await steps.me();
    const renamed = await steps.put({ displayName: ' Ada L. ' });
    expect(renamed.status).toBe(200);
    expect(renamed.body).toStrictEqual({
      ...before,
      displayName: ' Ada L. ',
      updatedAt: expect.stringMatching(INSTANT),
    });
    expect(renamed.body.updatedAt > before.updatedAt).toBe(true);
    const described = await steps.put({ bio: 'Counts on engines.\n👩‍👩‍👧' });
    expect(described.body).toMatchObject({ displayName: ' Ada L. ', bio: 'Counts on engines.\n👩‍👩‍👧' });
    expect((await steps.me()).body).toStrictEqual(described.body);
  });

  it.for([
    ['an empty bio', ''],
    ['no bio', null],
    ['a blank bio', '  '],
    ['500 characters', '🦊'.repeat(500)],
  ] as const)('keeps %s as it is', async ([_label, bio], { steps }) => {
    expect((await steps.put({ bio })).body.bio).toBe(bio);
    expect((await steps.me()).body.bio).toBe(bio);
  });

  it('is how others see the user from then on', async ({ steps, server, user }) => {
    const id = await server.createConversation(user);
    await steps.put({ displayName: '🦊'.repeat(80) });
    const { body } = await server.call('GET', `/chat/conversations/${id}`, { token: user.token });
    expect(body.members[0].displayName).toBe('🦊'.repeat(80));
  });

  it.for([
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
  ] as const)('refuses %s and changes nothing', async ([_label, body], { steps }) => {
    const { body: before } = await steps.me();
    expect(code(await steps.put(body))).toBe('400 VALIDATION_FAILED');
    expect((await steps.me()).body).toStrictEqual(before);
  });

  it('an old name that would be refused now is shown, and does not prevent other changes', async ({
    server,
  }) => {
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

  it('requires a token before it validates the body', async ({ server }) => {
    expect(code(await server.call('PUT', '/users/me', { body: {} }))).toBe('401 TOKEN_MISSING');
  });
});

describe('GET /users/:id', () => {
  it.for([
    ['nobody', () => undefined],
    ['the user', ({ token }: TestUser) => token],
    ['somebody with a broken token', () => 'broken'],
  ] as const)(
    'shows the public profile to %s, to the letter',
    async ([_label, token], { steps, server, user }) => {
      const given = token(user);
      const answer = await server.call(
        'GET',
        `/users/${user.id}`,
        given === undefined ? {} : { token: given },
      );
      expect(answer.status).toBe(200);
      expect(answer.body).toStrictEqual(await steps.publicProfile());
    },
  );

  it('finds an id in capitals', async ({ steps, server, user }) => {
    expect((await server.call('GET', `/users/${user.id.toUpperCase()}`)).body).toStrictEqual(
      await steps.publicProfile(),
    );
  });

  it('answers 404 for unknown ids, and 400 for malformed ones', async ({ server }) => {
    expect(code(await server.call('GET', `/users/${UNKNOWN_ID}`))).toBe('404 USER_NOT_FOUND');
    expect(code(await server.call('GET', '/users/you'))).toBe('400 VALIDATION_FAILED');
  });
});
