import { expect } from 'vitest';

import { connectionOf, kill, ownerProcess, query, serverGone, serverPid } from './running.ts';

/** Kills an owner with SIGKILL, and its server with it; answers the rows that the next start has of a table. */
export async function keptByNextStart(
  dataDir: string,
  options: { readonly prefix?: readonly string[]; readonly path?: string } = {},
): Promise<unknown[]> {
  const first = await ownerProcess(dataDir, options);
  expect(first.report).toMatchObject({ created: true });
  await query(connectionOf(first), 'CREATE TABLE kept AS SELECT 1 AS one');
  const pid = await serverPid(dataDir);
  await kill(first);
  await serverGone(dataDir, pid, 2000);

  const second = await ownerProcess(dataDir, options);
  expect(second.report).toMatchObject({ created: false });
  return query(connectionOf(second), 'SELECT one FROM kept');
}
