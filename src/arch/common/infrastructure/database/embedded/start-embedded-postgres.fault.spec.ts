import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, expect, it, onTestFinished } from 'vitest';

import { removeFolders, temporaryFolder } from '../../../../../../test/faults/temporary-folder.js';
import { ask } from '../../../../../../test/faults/postmaster.js';
import { attachOrStartEmbeddedPostgres } from './attach-embedded-postgres.js';
import { startEmbeddedPostgres } from './start-embedded-postgres.js';

afterAll(removeFolders);

const log = { debug: () => undefined, warn: () => undefined };

/** The one line that a start on `dataDir` fails with. */
async function refusal(dataDir: string): Promise<string> {
  const error: unknown = await startEmbeddedPostgres({ dataDir, log }).catch((caught: unknown) => caught);
  if (error instanceof Error && error.name === 'EmbeddedDatabaseError') return error.message;
  throw new Error('not refused', { cause: error });
}

it('one start at a time has a DATA_DIR; a visitor attaches, and leaves the server running', async () => {
  const dataDir = join(temporaryFolder(), 'data');
  const owner = await startEmbeddedPostgres({ dataDir, log });
  onTestFinished(() => owner.stop());
  expect(await refusal(dataDir)).toBe(
    `DATA_DIR ${dataDir} is in use by another Causerie process (pid ${process.pid}): stop it or choose another DATA_DIR`,
  );
  const visitor = await attachOrStartEmbeddedPostgres({ dataDir, log });
  expect(visitor).toMatchObject({ connection: owner.connection, created: false });
  await visitor.stop();
  expect(await ask(owner.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
});

it('attaches to a server that is only being created', async () => {
  const dataDir = join(temporaryFolder(), 'data');
  const starts = [1, 2, 3].map(() => attachOrStartEmbeddedPostgres({ dataDir, log }));
  const servers = await Promise.all(starts);
  try {
    expect(servers.filter(({ created }) => created)).toHaveLength(1);
    await Promise.all(servers.map(({ connection }) => ask(connection, 'select 1')));
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
});

it('reports in one line why it does not start, and what to do', async () => {
  const dataDir = temporaryFolder();
  const database = join(dataDir, 'postgres');
  mkdirSync(join(database, 'base'), { recursive: true });
  expect(await refusal(dataDir)).toMatch(
    /neither empty nor a database .* nothing was changed: move it away, or choose another DATA_DIR$/,
  );
  writeFileSync(join(database, 'PG_VERSION'), '17\n');
  expect(await refusal(dataDir)).toMatch(
    /made by PostgreSQL 17, and this is PostgreSQL 18, nothing was changed: run "pnpm database:upgrade", or choose another DATA_DIR$/,
  );

  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  expect(await refusal(file)).toBe(`DATA_DIR ${file} is not a folder: choose another DATA_DIR`);
  expect(await refusal(join(file, 'data'))).toContain(`DATA_DIR ${file}/data is not a folder`);
  // not even root may make folders there
  const closed = process.platform === 'linux' ? '/sys/data' : '/dev/data';
  expect(await refusal(closed)).toContain(`DATA_DIR ${closed} is not writable`);
});
