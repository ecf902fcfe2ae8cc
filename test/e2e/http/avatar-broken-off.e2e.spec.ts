import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { form, FRAME, openUpload, startWithUploads, upload } from '../../fakes/avatar-client.js';
import { PNG } from '../../fakes/avatar-images.js';
import type { TestServer, TestUser } from '../../support/test-server.js';

const WAIT = { interval: 5, timeout: 10_000 };

let server: TestServer;
let files: () => Promise<string[]>;
let stop: () => Promise<void>;
let user: TestUser;
let before: string[];

afterAll(() => stop());
beforeAll(async () => {
  ({ server, files, stop } = await startWithUploads());
});
beforeEach(async () => {
  user = await server.signUp('Ada');
  await upload(server, user, form(PNG));
  before = await files();
});

const expectUnchanged = async () => {
  const { body } = await server.call('GET', '/users/me', { token: user.token });
  expect(before).toContain(body.avatarUrl.split('/').at(-1));
  expect(await files()).toEqual(before);
};

const drafts = async () => (await files()).filter((name) => name.endsWith('.part')).length;
/** Resolves when the server is storing so many uploads. */
const storing = (count: number) => vi.waitUntil(async () => (await drafts()) === count, WAIT);

it('a connection that breaks in the middle of the image leaves no file', async () => {
  const request = openUpload(server, user, { 'content-length': '50000' });
  request.on('error', () => undefined);
  request.write(FRAME.start);
  request.write(PNG);
  expect(await storing(1)).toBe(true);
  request.destroy();
  await storing(0);
  await expectUnchanged();
});

it('breaking off after the image but before the end of the form has uploaded nothing', async () => {
  const request = openUpload(server, user);
  request.on('error', () => undefined);
  request.write(FRAME.start);
  request.write(Buffer.concat([PNG, Buffer.from('\r\n--the-bound')]));
  expect(await storing(1)).toBe(true);
  request.destroy();
  await storing(0);
  await expectUnchanged();
});

it('connections that break with as many uploads as one user may have at once leave the server unchanged', async () => {
  const requests = Array.from({ length: 8 }, () => openUpload(server, user));
  for (const request of requests) {
    request.on('error', () => undefined);
    request.write(FRAME.start);
    request.write(PNG);
  }
  await storing(8);
  for (const request of requests) request.destroy();
  expect((await upload(server, user, form(PNG))).status).toBe(200);
  await storing(0);
  expect(await files()).toHaveLength(before.length);
});

it('a connection that breaks at any moment leaves no file, and no upload that waits for ever', async () => {
  await Promise.all(
    Array.from({ length: 60 }, async (_, moments) => {
      const request = openUpload(server, user);
      request.on('error', () => undefined);
      await new Promise((resolve) => request.write(Buffer.concat([Buffer.from(FRAME.start), PNG]), resolve));
      for (let moment = 0; moment < moments; moment += 1) await setImmediate();
      request.destroy();
    }),
  );
  await server.call('DELETE', '/users/me/avatar', { token: user.token });
  expect(await storing(0)).toBe(true);
  expect(await files()).toHaveLength(before.length - 1);
});
