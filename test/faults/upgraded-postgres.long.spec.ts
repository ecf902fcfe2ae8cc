import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findPostgresBinaries } from '../../src/arch/common/infrastructure/database/embedded/postgres-binaries.js';
import { startEmbeddedPostgres } from '../../src/arch/common/infrastructure/database/embedded/start-embedded-postgres.js';
import { migrate } from '../../src/arch/common/infrastructure/database/migrate.js';
import { seedDemoData } from '../../src/arch/common/infrastructure/database/seed.dev.js';
import { DEMO_CONVERSATION, history, logIn, send } from './demo.js';
import { ask, runningPostmaster } from './postmaster.js';
import { refusal } from './refusal.js';
import { cleanUp, ServerProcess } from './server-process.js';
import { temporaryFolder } from './temporary-folder.js';

const ROOT = resolve(import.meta.dirname, '../..');
const EARLIER = pathToFileURL(join(ROOT, 'runtime/earlier-postgres/package.json')).href;
const log = { debug: () => undefined, warn: () => undefined };

beforeAll(() => promisify(execFile)(process.execPath, ['scripts/earlier-postgres.mjs'], { cwd: ROOT }));
afterAll(cleanUp);

/** With the demo data, by the major version before. */
async function earlierDataDir(): Promise<{ DATA_DIR: string; epoch: unknown }> {
  const DATA_DIR = join(temporaryFolder(), 'data');
  const binaries = await findPostgresBinaries(EARLIER);
  const server = await startEmbeddedPostgres({ dataDir: DATA_DIR, log, binaries });
  const connection = { ...server.connection, ssl: false as const };
  await migrate(connection);
  await seedDemoData(connection);
  const [epoch] = await ask(connection, 'select epoch from database_epoch()');
  await server.stop();
  return { DATA_DIR, epoch };
}

it('a database of the major version before is refused in a line that says what to run, and that takes it over whole', async () => {
  const { DATA_DIR, epoch } = await earlierDataDir();
  const before = readdirSync(join(DATA_DIR, 'postgres'));
  expect(await refusal({ DATA_DIR })).toContain('run "pnpm database:upgrade"');
  expect(readdirSync(join(DATA_DIR, 'postgres'))).toEqual(before);

  const upgrade = { program: 'upgrade-database' } as const;
  expect(await ServerProcess.run({ DATA_DIR }, upgrade)).toMatchObject({ status: 0, stderr: '' });
  const { url } = await ServerProcess.start({ DATA_DIR });
  const token = await logIn(url);
  expect(await history(url, token, DEMO_CONVERSATION)).toHaveLength(5);
  const sent = await send(url, token, DEMO_CONVERSATION, { content: 'by the new one' });
  expect(sent).toMatchObject({ status: 201, body: { seq: 6 } });
  const { connection } = runningPostmaster(DATA_DIR);
  expect(await ask(connection, "select current_setting('server_version') like '18%' as new")).toEqual([
    { new: true },
  ]);
  expect(await ask(connection, 'select epoch from database_epochs')).not.toEqual([epoch]);
  expect(readdirSync(DATA_DIR).filter((name) => /^postgres\.|\.backup/.test(name))).toEqual([
    expect.stringMatching(/^postgres\.before-/),
  ]);
});
