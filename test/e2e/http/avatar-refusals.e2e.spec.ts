import { once } from 'node:events';
import { Agent, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { form, FRAME, openUpload, startWithUploads, upload } from '../../fakes/avatar-client.js';
import { NO_AVATARS, PNG, pngOf } from '../../fakes/avatar-images.js';
import type { ApiAnswer } from '../../support/api.js';
import type { TestServer, TestUser } from '../../support/test-server.js';

const LIMIT = 100_000;

let server: TestServer;
let files: () => Promise<string[]>;
let stop: () => Promise<void>;
let user: TestUser;
let before: string[];

afterAll(() => stop());
beforeAll(async () => {
  ({ server, files, stop } = await startWithUploads({ MAX_FILE_SIZE: String(LIMIT) }));
});
beforeEach(async () => {
  user = await server.signUp('Ada');
  await upload(server, user, form(PNG));
  before = await files();
});

const code = ({ status, body }: ApiAnswer) => `${status} ${body.code}`;
const expectUnchanged = async () => {
  const { body } = await server.call('GET', '/users/me', { token: user.token });
  expect(before).toContain(body.avatarUrl.split('/').at(-1));
  expect(await files()).toEqual(before);
};

const twoFiles = () => {
  const data = form(PNG);
  data.append('avatar', new Blob([PNG]), 'second.png');
  return data;
};
const withField = (first: boolean) => {
  const data = first ? new FormData() : form(PNG);
  data.append('caption', 'me');
  if (first) data.append('avatar', new Blob([PNG]), 'a.png');
  return data;
};
const textField = () => {
  const data = new FormData();
  data.append('avatar', 'not a file');
  return data;
};
const part = (name: string) => `--b\r\nContent-Disposition: form-data; name="${name}"; filename="a"\r\n\r\nx`;

describe('400, and the old avatar stays, for', () => {
  it.each([
    ['a form without a field', () => new FormData()],
    ['another field', () => form(PNG, 'picture')],
    ['a text field', textField],
    ['two files', twoFiles],
    ['a field before it', () => withField(true)],
    ['a field after it', () => withField(false)],
  ])('%s', async (_label, body) => {
    const answer = await upload(server, user, body());
    expect(code(answer)).toBe('400 VALIDATION_FAILED');
    expect(answer.body.details).toHaveLength(1);
    await expectUnchanged();
  });

  it.each([
    ['no body', ''],
    ['something else', 'hello'],
    ['a body that ends in the file', part('avatar')],
    ['a body that ends in a header', '--b\r\nContent-Disp'],
    ['a field of the name of a prototype', `${part('__proto__')}\r\n--b--\r\n`],
  ])('a body that is no form: %s', async (_label, body) => {
    const answer = await upload(server, user, body, { 'content-type': 'multipart/form-data; boundary=b' });
    expect(code(answer)).toBe('400 VALIDATION_FAILED');
    await expectUnchanged();
  });

  it('no boundary', async () => {
    const answer = await upload(server, user, 'x', { 'content-type': 'multipart/form-data' });
    expect(code(answer)).toBe('400 VALIDATION_FAILED');
  });
});

describe('415, and the old avatar stays, for', () => {
  it.each(NO_AVATARS)('%s, whatever it is called', async (_label, content) => {
    expect(code(await upload(server, user, form(Buffer.from(content))))).toBe('415 UNSUPPORTED_MEDIA_TYPE');
    await expectUnchanged();
  });

  it.each([
    'application/json',
    'image/png',
    'text/plain',
    'multipart/mixed; boundary=b',
    'multipart/form-datax',
  ])('a body of %s, before the token is looked at', async (type) => {
    const answer = await upload(server, undefined, '{', { 'content-type': type });
    expect(code(answer)).toBe('415 UNSUPPORTED_MEDIA_TYPE');
    expect(answer.body.message).toContain('multipart/form-data');
  });

  it('no body at all', async () => {
    const answer = await server.call('POST', '/users/me/avatar', { token: user.token });
    expect(code(answer)).toBe('415 UNSUPPORTED_MEDIA_TYPE');
  });
});

it('400 for a picture that claims to be too large to be shown, and the old avatar stays', async () => {
  const large = Buffer.from(PNG);
  large.writeUInt32BE(60_000, 16);
  large.writeUInt32BE(60_000, 20);
  const answer = await upload(server, user, form(large));
  expect(code(answer)).toBe('400 VALIDATION_FAILED');
  expect(answer.body.details).toEqual([{ path: 'avatar', message: expect.stringContaining('4096') }]);
  await expectUnchanged();
});

describe('other routes still refuse multipart', () => {
  it.each([
    ['PUT', '/users/me'],
    ['DELETE', '/users/me'],
    ['POST', '/auth/login'],
    ['POST', '/chat/conversations'],
  ])('%s %s', async (method, path) => {
    const response = await fetch(server.url + path, { method, body: form(PNG) });
    const { code: refusal } = (await response.json()) as { code: string };
    expect([response.status, refusal]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
  });

  it('an unknown one is unknown', async () => {
    const response = await fetch(`${server.url}/users/me/picture`, { method: 'POST', body: form(PNG) });
    expect(response.status).toBe(404);
  });

  it('a route without a body ignores its type', async () => {
    const response = await fetch(`${server.url}/users/${user.id}`, {
      headers: { 'content-type': FRAME.type },
    });
    expect(response.status).toBe(200);
  });
});

describe('413', () => {
  it('begins at one byte more than is allowed', async () => {
    expect((await upload(server, user, form(pngOf(LIMIT)))).status).toBe(200);
    before = await files();
    expect(code(await upload(server, user, form(pngOf(LIMIT + 1))))).toBe('413 PAYLOAD_TOO_LARGE');
    await expectUnchanged();
  });

  it('is refused by the announced length, before the token is checked and before the body arrives', async () => {
    const request = openUpload(server, { ...user, token: '' }, { 'content-length': '200000' });
    request.flushHeaders();
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    expect(response.statusCode).toBe(413);
    request.destroy();
  });

  it('refuses an upload of unknown length, and cuts it when it does not end', async () => {
    const agent = new Agent({ keepAlive: true });
    const request = openUpload(server, user, {}, agent);
    request.on('error', () => undefined);
    const closed = new Promise((resolve) => request.once('close', resolve));
    request.write(FRAME.start);
    request.write(PNG);
    const endless = setInterval(() => request.write(Buffer.alloc(50_000)), 1);
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    expect([response.statusCode, response.headers.connection]).toEqual([413, 'keep-alive']);
    response.resume();
    await closed;
    clearInterval(endless);
    agent.destroy();
    await expectUnchanged();
  });
});

it('after a refused upload its connection accepts the next request', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const send = async (start: string, content: Buffer) => {
    const request = openUpload(server, user, {}, agent);
    // The body is sent in chunks, so that no length is announced.
    for (const piece of [start, content]) request.write(piece);
    request.end(FRAME.end);
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    response.resume();
    await once(response, 'end');
    return [response.statusCode, request.reusedSocket];
  };
  const picture = FRAME.start.replace('avatar', 'picture');
  expect(await send(FRAME.start, PNG)).toEqual([200, false]);
  expect(await send(FRAME.start, pngOf(LIMIT + 5_000))).toEqual([413, true]);
  expect(await send(FRAME.start, Buffer.from('text'))).toEqual([415, true]);
  // It is refused at its first line, before megabytes are sent.
  expect(await send(picture, Buffer.alloc(3_000_000))).toEqual([400, true]);
  expect(await send(FRAME.start, PNG)).toEqual([200, true]);
  agent.destroy();
});
