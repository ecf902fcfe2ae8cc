import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { DEMO_CONVERSATION, logIn } from './demo.js';
import { expectToOutlive } from './expect-outage.js';
import { isRunning, runningPostmaster } from './postmaster.js';
import { cleanUp, ServerProcess } from './server-process.js';
import { temporaryFolder } from './temporary-folder.js';

afterEach(cleanUp);

it('survives the end of its embedded PostgreSQL, and starts it again', async () => {
  const DATA_DIR = join(temporaryFolder(), 'data');
  const server = await ServerProcess.start({ DATA_DIR });
  const { pid, connection } = runningPostmaster(DATA_DIR);
  await expectToOutlive({
    server,
    token: await logIn(server.url),
    conversationId: DEMO_CONVERSATION,
    database: connection,
    begin: async () => void process.kill(pid, 'SIGKILL'),
  });
  expect(runningPostmaster(DATA_DIR).pid).not.toBe(pid);

  const last = runningPostmaster(DATA_DIR).pid;
  expect(await server.stop()).toEqual({ code: 0, signal: null });
  expect(isRunning(last)).toBe(false);
});
