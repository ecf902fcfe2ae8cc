import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { DEMO_CONVERSATION, logIn } from './demo.js';
import { expectHistory } from './expect-history.js';
import { waitForPostmasterEnd, runningPostmaster } from './postmaster.js';
import { cleanUp, ServerProcess } from './server-process.js';
import { temporaryFolder } from './temporary-folder.js';
import { Traffic } from './traffic.js';

afterEach(cleanUp);

it('loses no acknowledged message when it is killed during sends, and its PostgreSQL ends with it', async () => {
  const DATA_DIR = join(temporaryFolder(), 'data');
  const first = await ServerProcess.start({ DATA_DIR });
  const token = await logIn(first.url);
  const traffic = await Traffic.start(first.url, token, DEMO_CONVERSATION);
  await traffic.goesOn(40);
  const { pid } = runningPostmaster(DATA_DIR);

  first.child.kill('SIGKILL');
  await waitForPostmasterEnd(DATA_DIR, pid, 2_000);
  expect(await first.exited).toEqual({ code: null, signal: 'SIGKILL' });
  await traffic.abandon();

  const second = await ServerProcess.start({ DATA_DIR });
  await expectHistory(second.url, token, DEMO_CONVERSATION, traffic);
});
