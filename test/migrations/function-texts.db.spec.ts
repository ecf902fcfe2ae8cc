import { globSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { TestDatabase } from '../support/test-database.js';

const root = resolve(import.meta.dirname, '../..');
/** Beside the code that calls it, one function a file. */
const FILES = globSync('src/arch/**/sql/*.sql', { cwd: root }).toSorted();
const FUNCTIONS = `
select proname as name, pg_get_functiondef(oid) as text from pg_proc
where pronamespace = 'public'::regnamespace and prokind = 'f' order by proname`;

let texts: Map<string, string>;
beforeAll(async () => {
  const database = await TestDatabase.create();
  const rows = await database.query<{ name: string; text: string }>(FUNCTIONS);
  await database.drop();
  texts = new Map(rows.map(({ name, text }) => [name, text.trimEnd()]));
});

/** Without the comment on top, which the database does not keep. */
const textOf = (file: string) =>
  readFileSync(resolve(root, file), 'utf8')
    .replace(/^(?:--.*\n)*/, '')
    .trimEnd();

it('every function of the database has a file, and every file a function', () => {
  const names = FILES.map((file) => basename(file, '.sql'));
  expect(names.toSorted()).toEqual([...texts.keys()].toSorted());
});

it.each(FILES)('%s has the text that the migrations create, as pg_get_functiondef shows it', (file) => {
  expect(textOf(file)).toBe(texts.get(basename(file, '.sql')));
});
