import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { RunningPostgres } from 'causerie-embedded-postgres';
import { startEmbeddedPostgres } from '../../src/arch/common/infrastructure/database/embedded/start-embedded-postgres.js';
import { signUp } from './demo.js';
import { expectToOutlive } from './expect-outage.js';
import { cleanUp, ServerProcess } from './server-process.js';
import { temporaryFolder } from './temporary-folder.js';
import { urlOf } from './test-postgres.js';

let postgres: RunningPostgres | undefined;
afterEach(async () => {
  await postgres?.stop();
  await cleanUp();
});

it('survives a restart of the PostgreSQL of DATABASE_URL', async () => {
  const log = { debug: () => undefined, warn: () => undefined };
  const dataDir = join(temporaryFolder(), 'data');
  postgres = await startEmbeddedPostgres({ dataDir, log });
  const { connection } = postgres;
  const server = await ServerProcess.start({ DATABASE_URL: urlOf(connection) });
  await expectToOutlive({
    server,
    ...(await signUp(server.url)),
    database: connection,
    begin: async () => postgres?.stop(),
    end: async () => {
      postgres = await startEmbeddedPostgres({ dataDir, log });
    },
  });
  expect(await server.stop()).toEqual({ code: 0, signal: null });
});
