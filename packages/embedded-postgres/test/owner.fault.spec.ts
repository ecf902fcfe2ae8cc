import { join } from 'node:path';

import { expect, it } from 'vitest';

import { keptByNextStart } from './kept-by-next-start.ts';
import { connectionOf, kill, ownerProcess, query, started, snapshot, temporaryFolder } from './running.ts';

it('the server ends with its owner, even by SIGKILL, and the next start has the data', async () => {
  expect(await keptByNextStart(join(temporaryFolder(), 'data'))).toEqual([{ one: 1 }]);
});

it('waits for the server of an owner that was killed a moment ago', async () => {
  const dataDir = join(temporaryFolder(), 'data');
  const first = await ownerProcess(dataDir);
  await query(connectionOf(first), 'CREATE TABLE kept AS SELECT generate_series(1, 100000) AS n');
  await kill(first);
  const second = await started(dataDir);
  expect(await query(second.connection, 'SELECT count(*)::int AS n FROM kept')).toEqual([{ n: 100_000 }]);
});

it('refuses a second owner at once, who touches nothing', async () => {
  const dataDir = join(temporaryFolder(), 'data');
  const owner = await ownerProcess(dataDir);
  const before = snapshot(dataDir);
  const second = await ownerProcess(dataDir);
  expect(second.report).toEqual({
    name: 'EmbeddedPostgresError',
    failed: `${dataDir} is in use by another process (pid ${owner.child.pid})`,
  });
  expect(snapshot(dataDir)).toEqual(before);
  expect(await query(connectionOf(owner), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});
