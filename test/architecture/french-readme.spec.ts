import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const english = readFileSync(resolve(root, 'README.md'), 'utf8');
const french = readFileSync(resolve(root, 'README.fr.md'), 'utf8');
/** Each README links to the other one. */
const OTHERS = /README(?:\.fr)?\.md/;

function found(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, one = '']) => one).filter((one) => !OTHERS.test(one));
}

it.each([
  ['routes and variables', /^\| +(`.+?) +\|/gm],
  ['defaults', /^\| `[A-Z_]+` +\| (`[^`]+`) +\|/gm],
  ['commands', /^((?:npx -y pnpm@12|node|sh) [\w:./-]+)/gm],
  ['code', /```js\n([^]*?)```/g],
])('README.fr.md has the %s of README.md', (_what, pattern) => {
  expect(found(english, pattern)).not.toEqual([]);
  expect(found(french, pattern)).toEqual(found(english, pattern));
});

it.each([
  ['events', /`([a-z]+_[a-z]+)`/g],
  ['links', /\]\(([^)]+)\)/g],
])('and its %s, wherever they stand', (_what, pattern) => {
  expect(found(english, pattern)).not.toEqual([]);
  expect(new Set(found(french, pattern))).toEqual(new Set(found(english, pattern)));
});

it('README.fr.md has as many sections as README.md', () => {
  expect(found(french, /^(## )/gm)).toHaveLength(found(english, /^(## )/gm).length);
});
