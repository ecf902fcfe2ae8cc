import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const OURS = [
  '*',
  '.*',
  '{src,packages,test,bench,verify,docs,examples,scripts,.ci,.github}/**/*.*',
  '.ci/*',
];
/** A line that Git writes where two versions of a file conflict, and that a person has to remove. */
const MARKER = /^(?:<{7} |={7}$|>{7} )/m;

it('a text with conflict markers is detected', () => {
  expect('PORT=3000\n<<<<<<< HEAD\nHOST=\n').toMatch(MARKER);
  expect('A title\n==========\n').not.toMatch(MARKER);
});

it('no file has a conflict marker', () => {
  const files = globSync(OURS, { cwd: root, withFileTypes: true, exclude: ['.git', 'node_modules'] })
    .filter((entry) => entry.isFile())
    .map((entry) => resolve(entry.parentPath, entry.name));
  expect(files).toContain(resolve(root, '.env.example'));
  expect(files).toContain(resolve(root, 'src/main.ts'));
  expect(files.filter((file) => MARKER.test(readFileSync(file, 'utf8')))).toEqual([]);
});
