import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../../../../..');
/** As in `drizzle.config.ts`. */
const SCHEMA = '{schema,users.table}.ts';
const FILES = ['schema.ts', 'users.table.ts', 'is-one-of.ts'];
let folder: string;

beforeAll(async () => {
  // Within the project, so that a copy of the schema finds Drizzle.
  folder = await mkdtemp(join(root, 'node_modules', '.schema-'));
  await cp(join(here, 'migrations'), join(folder, 'migrations'), { recursive: true });
});
afterAll(() => rm(folder, { recursive: true }));

/** The output of `pnpm migrate:generate` for a copy of the migrations, and the schema in a folder. */
async function generate(from: string): Promise<string> {
  const out = relative(root, join(folder, 'migrations'));
  const schema = relative(root, join(from, SCHEMA));
  const args = ['generate', '--dialect', 'postgresql', '--schema', schema, '--out', out];
  const { stdout } = await promisify(execFile)(join(root, 'node_modules/.bin/drizzle-kit'), args, {
    cwd: root,
  });
  return stdout;
}

it('the committed migrations make the schema', async () => {
  expect(await generate(here)).toContain('No schema changes');
});

it('would not, had the schema one column more', async () => {
  for (const file of FILES) await cp(join(here, file), join(folder, file));
  const changed = (await readFile(join(here, 'users.table.ts'), 'utf8')).replace(
    `bio: varchar('bio'`,
    `nickname: text('nickname'),\n    bio: varchar('bio'`,
  );
  await writeFile(join(folder, 'users.table.ts'), changed);
  expect(await generate(folder)).not.toContain('No schema changes');
  const journal: { entries: { tag: string }[] } = JSON.parse(
    await readFile(join(folder, 'migrations/meta/_journal.json'), 'utf8'),
  );
  const added = await readFile(join(folder, 'migrations', `${journal.entries.at(-1)?.tag}.sql`), 'utf8');
  expect(added).toContain('ALTER TABLE "users" ADD COLUMN "nickname" text;');
});
