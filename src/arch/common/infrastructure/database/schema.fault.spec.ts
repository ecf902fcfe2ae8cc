import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../../../../..');
const SCHEMA = join(here, 'schema.ts');
let folder: string;

beforeAll(async () => {
  // Within the project, so that a copy of the schema finds Drizzle.
  folder = await mkdtemp(join(root, 'node_modules', '.schema-'));
  await cp(join(here, 'migrations'), join(folder, 'migrations'), { recursive: true });
});
afterAll(() => rm(folder, { recursive: true }));

/** The output of `pnpm migrate:generate` for a copy of the migrations. */
async function generate(schema: string): Promise<string> {
  const out = relative(root, join(folder, 'migrations'));
  const args = ['generate', '--dialect', 'postgresql', '--schema', relative(root, schema), '--out', out];
  const { stdout } = await promisify(execFile)(join(root, 'node_modules/.bin/drizzle-kit'), args, {
    cwd: root,
  });
  return stdout;
}

it('the committed migrations make the schema', async () => {
  expect(await generate(SCHEMA)).toContain('No schema changes');
});

it('would not, had the schema one column more', async () => {
  const changed = (await readFile(SCHEMA, 'utf8')).replace(
    `bio: varchar('bio'`,
    `nickname: text('nickname'),\n    bio: varchar('bio'`,
  );
  const copy = join(folder, 'schema.ts');
  await writeFile(copy, changed);
  expect(await generate(copy)).not.toContain('No schema changes');
  const journal: { entries: { tag: string }[] } = JSON.parse(
    await readFile(join(folder, 'migrations/meta/_journal.json'), 'utf8'),
  );
  const added = await readFile(join(folder, 'migrations', `${journal.entries.at(-1)?.tag}.sql`), 'utf8');
  expect(added).toContain('ALTER TABLE "users" ADD COLUMN "nickname" text;');
});
