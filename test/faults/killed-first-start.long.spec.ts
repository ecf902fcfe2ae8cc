import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { DEMO_CONVERSATION, history, logIn } from './demo.js';
import { waitForPostmasterEnd, postmasterOf } from './postmaster.js';
import { cleanUp, ServerProcess } from './server-process.js';
import { temporaryFolder } from './temporary-folder.js';
import { waitUntil } from './wait-until.js';

afterAll(cleanUp);

it('has the demo data although its very first start was killed half-way', async () => {
  const dataDir = join(temporaryFolder(), 'data');
  const first = await ServerProcess.spawn({ DATA_DIR: dataDir });
  const pid = await waitUntil('PostgreSQL', () => postmasterOf(dataDir)?.pid, 60_000);
  await first.stop('SIGKILL');
  await waitForPostmasterEnd(dataDir, pid);

  const second = await ServerProcess.start({ DATA_DIR: dataDir });
  expect(await history(second.url, await logIn(second.url), DEMO_CONVERSATION)).toHaveLength(5);
});
