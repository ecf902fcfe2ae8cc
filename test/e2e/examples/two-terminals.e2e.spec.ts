import { afterEach, expect } from 'vitest';
import { seedDemoData } from '../../../src/arch/common/infrastructure/database/seed.dev.js';
import { apiTest as it } from '../../support/api-test.js';
import { endExamples, example, next } from './example.js';

it.beforeAll(async ({ server }) => {
  await seedDemoData(server.database.connection);
});
afterEach(() => endExamples());

it('chat from two terminals: one listens, one sends a message, then line by line', async ({ server }) => {
  const listener = example('listen', server.url);
  expect(await next(listener.output)).toBe('User One listens to “Demo” (5 messages so far). Ctrl-C ends.');

  const sender = example('send', server.url, ['Hello', 'there']);
  expect(await next(sender.output)).toBe('sent as #6');
  expect(await sender.ended).toEqual([0, null]);
  expect(await next(listener.output)).toBe('#6 User Two: Hello there');

  const typist = example('send', server.url);
  expect(await next(typist.output)).toBe('User Two writes to “Demo”. Type a line; Ctrl-D ends.');
  typist.child.stdin.end('one\n\ntwo\n');
  expect(await next(listener.output)).toBe('#7 User Two: one');
  expect(await next(listener.output)).toBe('#8 User Two: two');
  expect(await typist.ended).toEqual([0, null]);
});

it('use the same conversation when there are newer ones', async ({ server }) => {
  const { body } = await server.call('POST', '/auth/login', {
    body: { email: 'user1@example.com', password: 'Password123!' },
  });
  const token: string = body.accessToken;
  await server.call('POST', '/chat/conversations', { token, body: { title: 'Other', memberIds: [] } });
  const listener = example('listen', server.url);
  expect(await next(listener.output)).toContain('“Demo”');
});

it('end with one line when the server does not answer', async () => {
  const sender = example('send', 'http://127.0.0.1:9', ['Hello']);
  expect(await next(sender.errors)).toBe('Nobody answers at http://127.0.0.1:9; is the server running?');
  expect(await sender.ended).toEqual([1, null]);
});
