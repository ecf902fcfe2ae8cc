import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { seedDemoData } from '../../src/arch/common/infrastructure/database/seed.dev.js';
import { TestServer } from '../support/test-server.js';

let server: TestServer;
const running = new Set<ChildProcess>();

beforeAll(async () => {
  server = await TestServer.start();
  await seedDemoData(server.database.connection);
});
afterEach(() => {
  for (const child of running) child.kill();
});
afterAll(() => server.stop());

const linesOf = (input: NodeJS.ReadableStream) => createInterface({ input })[Symbol.asyncIterator]();

/** One of the scripts of `examples/`, and an iterator over the lines that it prints. */
function example(name: string, words: readonly string[] = [], url = server.url) {
  const file = resolve(import.meta.dirname, `../../examples/${name}.mjs`);
  const child = spawn(process.execPath, [file, ...words], { env: { ...process.env, CAUSERIE_URL: url } });
  running.add(child);
  return { child, output: linesOf(child.stdout), errors: linesOf(child.stderr), ended: once(child, 'exit') };
}

const next = async (lines: AsyncIterator<string>): Promise<unknown> => (await lines.next()).value;

it('chat from two terminals: one listens, one sends a message, then line by line', async () => {
  const listener = example('listen');
  expect(await next(listener.output)).toBe('User One listens to “Demo” (5 messages so far). Ctrl-C ends.');

  const sender = example('send', ['Hello', 'there']);
  expect(await next(sender.output)).toBe('sent as #6');
  expect(await sender.ended).toEqual([0, null]);
  expect(await next(listener.output)).toBe('#6 User Two: Hello there');

  const typist = example('send');
  expect(await next(typist.output)).toBe('User Two writes to “Demo”. Type a line; Ctrl-D ends.');
  typist.child.stdin.end('one\n\ntwo\n');
  expect(await next(listener.output)).toBe('#7 User Two: one');
  expect(await next(listener.output)).toBe('#8 User Two: two');
  expect(await typist.ended).toEqual([0, null]);
});

it('go on meeting when there are newer conversations', async () => {
  const { body } = await server.call('POST', '/auth/login', {
    body: { email: 'user1@example.com', password: 'Password123!' },
  });
  const token: string = body.accessToken;
  await server.call('POST', '/chat/conversations', { token, body: { title: 'Other', memberIds: [] } });
  const listener = example('listen');
  expect(await next(listener.output)).toContain('“Demo”');
});

it('end with one line when nobody answers', async () => {
  const sender = example('send', ['Hello'], 'http://127.0.0.1:9');
  expect(await next(sender.errors)).toBe('Nobody answers at http://127.0.0.1:9; is the server running?');
  expect(await sender.ended).toEqual([1, null]);
});
