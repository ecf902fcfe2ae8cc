import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const FOLDER = resolve(root, 'src/arch/common/infrastructure/database/migrations');

/** The format of `sha256sum`: a release appends its new migrations (CONTRIBUTING.md). */
const released = readFileSync(resolve(root, 'test/architecture/released-migrations.sha256'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => line.split('  '));

const journal = JSON.parse(readFileSync(resolve(FOLDER, 'meta/_journal.json'), 'utf8')) as {
  entries: { idx: number; when: number; tag: string }[];
};

it('a released migration is never edited, because databases that have applied it would not get the change', () => {
  const now = released.map(([, file = '']) => [
    createHash('sha256')
      .update(readFileSync(resolve(FOLDER, file)))
      .digest('hex'),
    file,
  ]);
  expect(now).toEqual(released);
});

it('released migrations come first, in the order in which they were released', () => {
  const first = journal.entries.slice(0, released.length);
  expect(first.map(({ tag }) => `${tag}.sql`)).toEqual(released.map(([, file]) => file));
});

it('each migration has a file and a place, and was generated after the previous one', () => {
  const { entries } = journal;
  expect(entries.map(({ tag }) => `${tag}.sql`)).toEqual(globSync('*.sql', { cwd: FOLDER }).toSorted());
  expect(entries.map(({ idx }) => idx)).toEqual(entries.map((_, index) => index));
  const times = entries.map(({ when }) => when);
  expect(times).toEqual([...new Set(times)].toSorted((one, other) => one - other));
});
