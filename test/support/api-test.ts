import { test } from 'vitest';
import { TestServer, type TestUser } from './test-server.js';
import { TestSocket } from './test-socket.js';

/** The options of a fixture that is set up once in a file, by the first test or hook that names it. */
export const PER_FILE = { scope: 'file' } as const;

/**
 * The test of a spec that needs a server. What a test names in its first parameter is set up for it; nothing else is.
 * A file adds fixtures with `apiTest.extend(…)`, and sets the environment of its server with `extend('variables', PER_FILE, …)`.
 * It never calls `apiTest.override(…)`: the files of a worker share this module, so the next file would have its values too.
 */
export const apiTest = test
  .extend('variables', PER_FILE, {} as Record<string, string>)
  .extend('server', PER_FILE, async ({ variables }, { onCleanup }) => {
    const server = await TestServer.start(variables);
    onCleanup(() => server.stop());
    return server;
  })
  /** An account, for files where one is enough. */
  .extend('user', PER_FILE, ({ server }) => server.signUp())
  /** The account that creates conversations and posts. */
  .extend('owner', PER_FILE, ({ server }) => server.signUp('Ada'))
  /** The account that the owner adds to conversations. */
  .extend('member', PER_FILE, ({ server }) => server.signUp('Bob'))
  /** The account that is in no conversation. */
  .extend('stranger', PER_FILE, ({ server }) => server.signUp('Eve'))
  /** Connects a socket of an account; it is closed after the test. */
  .extend('connect', ({ server }, { onCleanup }) => {
    const sockets: TestSocket[] = [];
    onCleanup(() => sockets.forEach((socket) => socket.close()));
    return async (
      { token }: Pick<TestUser, 'token'>,
      options?: Parameters<typeof TestSocket.connect>[2],
    ): Promise<TestSocket> => {
      const socket = await TestSocket.connect(server.url, token, options);
      sockets.push(socket);
      return socket;
    };
  });
