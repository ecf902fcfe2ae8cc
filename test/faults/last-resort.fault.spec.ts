import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { TestDatabase } from '../support/test-database.js';
import { signUp } from './demo.js';
import { lockConversations } from './row-lock.js';
import { cleanUp, ServerProcess } from './server-process.js';
import { urlOf } from './test-postgres.js';

let database: TestDatabase;

beforeAll(async () => (database = await TestDatabase.create()));
afterEach(cleanUp);
afterAll(() => database.drop());

/**
 * Loaded before the program: SIGUSR2 throws an error that nothing catches, and keeps the threads busy that also write
 * the log, so that each line is written late.
 */
const planted = (failure: string) =>
  `--import=data:text/javascript,${encodeURIComponent(`
    import { pbkdf2 } from 'node:crypto';
    const work = () => pbkdf2('', '', 100_000, 32, 'sha256', work);
    process.on('SIGUSR2', () => {
      for (let thread = 0; thread < 8; thread += 1) work();
      ${failure};
    });`)}`;

it.each([
  ['uncaughtException', "throw new Error('planted')"],
  ['unhandledRejection', "Promise.reject(new Error('planted'))"],
])('after an %s work in flight is finished, then the process ends with status 1', async (event, failure) => {
  const server = await ServerProcess.start({
    DATABASE_URL: urlOf(database.connection),
    NODE_OPTIONS: planted(failure),
  });
  const { token, conversationId } = await signUp(server.url);
  const lock = await lockConversations(database.connection, [conversationId]);
  const send = (): Promise<Response> =>
    fetch(`${server.url}/chat/conversations/${conversationId}/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ content: 'Are you there?' }),
    });
  const underWay = send();
  await lock.waiting();
  server.child.kill('SIGUSR2');
  await server.until(() => server.log.find(({ msg }) => msg.startsWith(event)));
  expect((await send()).status).toBe(503);
  await lock.release();
  expect((await underWay).status).toBe(201);
  expect(await server.exited).toEqual({ code: 1, signal: null });
  expect(server.log.at(-1)?.msg).toBe('Stopped.');
  expect(server.log.find(({ level }) => level === 60)).toMatchObject({ err: { message: 'planted' } });
});
