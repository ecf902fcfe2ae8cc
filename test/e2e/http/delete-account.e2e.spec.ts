import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { form, startWithUploads, upload } from '../../fakes/avatar-client.js';
import { PNG } from '../../fakes/avatar-images.js';
import type { ApiAnswer } from '../../support/api.js';
import type { TestServer, TestUser } from '../../support/test-server.js';
import { TestSocket } from '../../support/test-socket.js';

const PASSWORD = 'correct horse battery';

let server: TestServer;
let files: () => Promise<string[]>;
let stop: () => Promise<void>;
let user: TestUser;
let friend: TestUser;

beforeAll(async () => {
  ({ server, files, stop } = await startWithUploads());
});
beforeEach(async () => {
  user = await server.signUp('Ada');
  friend = await server.signUp('Bob');
});
afterAll(() => stop());

const code = ({ status, body }: ApiAnswer) => `${status} ${body?.code}`;
const deleteMe = (body: unknown = { password: PASSWORD }) =>
  server.call('DELETE', '/users/me', { token: user.token, body });
const login = (email: string, password = PASSWORD) =>
  server.call('POST', '/auth/login', { body: { email, password } });
const readConversation = async (id: string, { token }: TestUser) =>
  (await server.call('GET', `/chat/conversations/${id}`, { token })).body;
const row = async () =>
  (await server.database.query('select * from users where id = $1', [user.id]))[0] ?? {};

describe('refuses and changes nothing', () => {
  it.each([
    ['a wrong password', { password: 'wrong horse battery' }, '401 INVALID_CREDENTIALS'],
    ['the password in another case', { password: PASSWORD.toUpperCase() }, '401 INVALID_CREDENTIALS'],
    ['no password', {}, '400 VALIDATION_FAILED'],
    ['an empty password', { password: '' }, '400 VALIDATION_FAILED'],
    ['a password of 129 characters', { password: 'x'.repeat(129) }, '400 VALIDATION_FAILED'],
    ['another field', { password: PASSWORD, sure: true }, '400 VALIDATION_FAILED'],
  ])('%s', async (_label, body, expected) => {
    const id = await server.createConversation(user, [friend]);
    const before = await row();
    expect(code(await deleteMe(body))).toBe(expected);
    expect(await row()).toEqual(before);
    expect((await readConversation(id, user)).members).toHaveLength(2);
  });

  it('who has no token', async () => {
    expect(code(await server.call('DELETE', '/users/me', { body: {} }))).toBe('401 TOKEN_MISSING');
  });
});

describe('leaves nothing of', () => {
  it('the profile, the avatar and the address', async () => {
    await server.call('PUT', '/users/me', { token: user.token, body: { bio: 'Counts on engines.' } });
    const before = await files();
    const { body } = await upload(server, user, form(PNG));
    const answer = await deleteMe();
    expect([answer.status, answer.body]).toEqual([204, undefined]);
    const left = await row();
    expect(left).toMatchObject({
      email: `deleted-${user.id}@invalid`,
      display_name: 'Deleted user',
      bio: null,
      avatar_url: null,
      deleted_at: expect.any(Date),
    });
    for (const trace of [user.email, 'Ada', 'engines', '$argon2', body.avatarUrl]) {
      expect(JSON.stringify(left)).not.toContain(trace);
    }
    expect(await files()).toEqual(before);
    expect((await fetch(server.url + body.avatarUrl)).status).toBe(404);
  });

  it('private posts, while public ones stay without a name', async () => {
    const write = async (visibility: string) => {
      const post = { title: 'A post', content: 'Of mine.', visibility };
      return (await server.call('POST', '/posts', { token: user.token, body: post })).body.id;
    };
    const [hidden, shown] = [await write('private'), await write('public')];
    expect((await deleteMe()).status).toBe(204);
    expect(code(await server.call('GET', `/posts/${hidden}`))).toBe('404 POST_NOT_FOUND');
    expect(await server.call('GET', `/posts/${shown}`)).toMatchObject({
      status: 200,
      body: { ownerDisplayName: 'Deleted user' },
    });
    expect(await server.database.query('select id from posts where owner_id = $1', [user.id])).toEqual([
      { id: shown },
    ]);
  });

  it('the account, for others', async () => {
    const own = await server.createConversation(friend);
    expect((await deleteMe()).status).toBe(204);
    const asFriend = { token: friend.token };
    const answers = [
      await server.call('GET', `/users/${user.id}`),
      await server.call('POST', '/chat/conversations', { ...asFriend, body: { memberIds: [user.id] } }),
      await server.call('POST', `/chat/conversations/${own}/members`, {
        ...asFriend,
        body: { userId: user.id },
      }),
    ];
    expect(answers.map(code)).toEqual(answers.map(() => '404 USER_NOT_FOUND'));
    for (const search of ['Ada', 'Deleted']) {
      const { body } = await server.call('GET', `/users?search=${search}`, asFriend);
      expect(body.data.map(({ id }: { id: string }) => id)).not.toContain(user.id);
    }
  });

  it('the logins: every session ends, sockets are cut, the password opens nothing', async () => {
    const { body: second } = await login(user.email);
    const socket = await TestSocket.connect(server.url, user.token);
    const cut = new Promise((resolve) => socket.client.once('disconnect', resolve));
    expect((await deleteMe()).status).toBe(204);
    await cut;
    expect(socket.all('session_revoked')).toHaveLength(1);
    const answers = [
      await server.call('GET', '/users/me', { token: user.token }),
      await server.call('GET', '/users/me', { token: second.accessToken }),
      await server.call('POST', '/auth/refresh', { body: { refreshToken: second.refreshToken } }),
      await login(user.email),
      await login(`deleted-${user.id}@invalid`),
      await login(`deleted-${user.id}@invalid`, '!'),
      await deleteMe(),
    ];
    expect(answers.map(code)).toEqual([
      '401 SESSION_REVOKED',
      '401 SESSION_REVOKED',
      '401 REFRESH_TOKEN_INVALID',
      '401 INVALID_CREDENTIALS',
      expect.stringMatching(/^40[01] (INVALID_CREDENTIALS|VALIDATION_FAILED)$/),
      expect.stringMatching(/^40[01] (INVALID_CREDENTIALS|VALIDATION_FAILED)$/),
      '401 SESSION_REVOKED',
    ]);
  });
});

it('frees the address for another account', async () => {
  const id = await server.createConversation(user, [friend]);
  await deleteMe();
  const { status, body } = await server.call('POST', '/auth/signup', {
    body: { email: user.email.toUpperCase(), password: PASSWORD, displayName: 'Eve' },
  });
  expect(status).toBe(201);
  expect(body.user.id).not.toBe(user.id);
  expect(code(await server.call('GET', `/chat/conversations/${id}`, { token: body.accessToken }))).toBe(
    '403 NOT_CONVERSATION_MEMBER',
  );
});

it('ten deletions at once are one', async () => {
  const id = await server.createConversation(friend, [user]);
  const answers = await Promise.all(Array.from({ length: 10 }, () => deleteMe()));
  expect(answers.map(({ status }) => status)).toContain(204);
  expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
  expect(await readConversation(id, friend)).toMatchObject({ rev: 1, memberCount: 1 });
  expect(await row()).toMatchObject({ display_name: 'Deleted user' });
});
