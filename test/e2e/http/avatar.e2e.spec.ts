import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { form, startWithUploads, upload } from '../../fakes/avatar-client.js';
import { JPEG, PNG, pngChunk, WEBP } from '../../fakes/avatar-images.js';
import type { ApiAnswer } from '../../support/api.js';
import type { TestServer, TestUser } from '../../support/test-server.js';

const NAME = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\.(jpg|png|webp)$/;

let server: TestServer;
let files: () => Promise<string[]>;
let stop: () => Promise<void>;
let user: TestUser;

afterAll(() => stop());
beforeAll(async () => {
  ({ server, files, stop } = await startWithUploads());
});
beforeEach(async () => {
  user = await server.signUp('Ada');
});

const code = ({ status, body }: ApiAnswer) => `${status} ${body.code}`;
const fileOf = (avatarUrl: string) => avatarUrl.replace('/uploads/avatars/', '');
const me = async () => (await server.call('GET', '/users/me', { token: user.token })).body;
const remove = () => server.call('DELETE', '/users/me/avatar', { token: user.token });
const get = (path: string, method = 'GET') => fetch(server.url + path, { method });

describe('an upload', () => {
  it.each([
    ['image/png', 'png', PNG],
    ['image/jpeg', 'jpg', JPEG],
    ['image/webp', 'webp', WEBP],
  ])('of %s is served to everybody, byte by byte, for ever', async (type, extension, content) => {
    const { status, body } = await upload(server, user, form(content, 'avatar', 'x.exe'));
    expect(status).toBe(200);
    expect(body).toStrictEqual({
      ...(await me()),
      email: user.email,
      avatarUrl: expect.stringMatching(/^\/uploads\/avatars\/[^/]+$/),
    });
    expect(fileOf(body.avatarUrl)).toMatch(NAME);
    expect(body.avatarUrl.endsWith(`.${extension}`)).toBe(true);
    const served = await get(body.avatarUrl);
    expect(served.status).toBe(200);
    expect(Buffer.from(await served.arrayBuffer())).toEqual(content);
    expect(Object.fromEntries(served.headers)).toMatchObject({
      'content-type': type,
      'content-length': String(content.length),
      'x-content-type-options': 'nosniff',
      'cache-control': 'public, max-age=31536000, immutable',
    });
  });

  it('is served without its metadata', async () => {
    const text = pngChunk('tEXt', Buffer.from('Comment\0taken at 48.8583 N, 2.2945 E'));
    const image = Buffer.concat([PNG.subarray(0, 33), text, PNG.subarray(33)]);
    const { body } = await upload(server, user, form(image));
    expect(Buffer.from(await (await get(body.avatarUrl)).arrayBuffer())).toEqual(PNG);
  });

  it('is answered to HEAD without its bytes', async () => {
    const { body } = await upload(server, user, form(PNG));
    const head = await get(body.avatarUrl, 'HEAD');
    expect([head.status, head.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(await head.text()).toBe('');
  });

  it('shows in the public profile and in conversations', async () => {
    const { body } = await upload(server, user, form(PNG));
    const id = await server.createConversation(user);
    const profile = await server.call('GET', `/users/${user.id}`);
    const conversation = await server.call('GET', `/chat/conversations/${id}`, { token: user.token });
    expect(profile.body.avatarUrl).toBe(body.avatarUrl);
    expect(conversation.body.members[0].avatarUrl).toBe(body.avatarUrl);
  });

  it('replaces the previous one, whose file is removed', async () => {
    const first = await upload(server, user, form(PNG));
    const before = await files();
    const second = await upload(server, user, form(JPEG));
    expect(second.body.avatarUrl).not.toBe(first.body.avatarUrl);
    expect(second.body.updatedAt > first.body.updatedAt).toBe(true);
    expect((await get(first.body.avatarUrl)).status).toBe(404);
    expect((await get(second.body.avatarUrl)).status).toBe(200);
    expect(await files()).toHaveLength(before.length);
  });

  it('of ten simultaneous uploads one file is left, which is the one that is shown', async () => {
    const before = await files();
    const answers = await Promise.all(Array.from({ length: 10 }, () => upload(server, user, form(PNG))));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const left = (await files()).filter((name) => !before.includes(name));
    expect(left).toEqual([fileOf((await me()).avatarUrl)]);
  });

  it('is refused for a deleted account, and leaves no file', async () => {
    await server.database.query('update users set deleted_at = now() where id = $1', [user.id]);
    const before = await files();
    expect(code(await upload(server, user, form(PNG)))).toBe('404 USER_NOT_FOUND');
    expect(code(await remove())).toBe('404 USER_NOT_FOUND');
    expect(await files()).toEqual(before);
  });
});

describe('DELETE /users/me/avatar', () => {
  it('removes it, file and all, and is harmless when there is none', async () => {
    const before = await files();
    const { body } = await upload(server, user, form(PNG));
    const answers = [await remove(), await remove()];
    expect(answers.map((answer) => [answer.status, answer.body])).toEqual([
      [204, undefined],
      [204, undefined],
    ]);
    expect((await me()).avatarUrl).toBeNull();
    expect((await get(body.avatarUrl)).status).toBe(404);
    expect(await files()).toEqual(before);
  });

  it('needs a token', async () => {
    expect(code(await server.call('DELETE', '/users/me/avatar'))).toBe('401 TOKEN_MISSING');
  });
});

describe('GET /uploads/avatars/:name', () => {
  it.each([
    '00000000-0000-4000-8000-000000000000.png',
    '00000000-0000-4000-8000-000000000000.gif',
    '00000000-0000-4000-8000-000000000000.part',
    '00000000-0000-4000-8000-000000000000.png%00',
    '00000000-0000-4000-8000-000000000000.PNG',
    'x.png',
    '..%2f..%2fpackage.json',
    '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
    '..%5c..%5cpackage.json',
    '%2fetc%2fpasswd',
    '.',
    '%00',
  ])('knows no %s', async (name) => {
    const answer = await server.call('GET', `/uploads/avatars/${name}`);
    expect(code(answer)).toBe('404 ROUTE_NOT_FOUND');
    expect(answer.headers.get('cache-control') ?? '').not.toContain('immutable');
  });

  it('knows no name of another ending than the image has', async () => {
    const { body } = await upload(server, user, form(PNG));
    expect((await get(body.avatarUrl.replace('.png', '.jpg'))).status).toBe(404);
    expect((await get(`${body.avatarUrl}.png`)).status).toBe(404);
    expect((await get(body.avatarUrl.toUpperCase())).status).toBe(404);
  });
});
