import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/** The linter knows the tests of `vitest` only; what it asks of them holds for those of `api-test.ts` and `proxied-test.ts` as well. */
const root = resolve(import.meta.dirname, '../..');
const MADE = /from '[^']*\/(?:api|proxied)-test\.js'/;
/** From the line on which a test begins to the next test or the end of its file. */
const TEST = /^[ \t]*(?:it|test)(?=[.(<])(?!\.(?:before|after|around)(?:All|Each)\b)/m;
/** What asserts: `expect` itself, and a step whose name begins so. */
const ASSERTS = /\b(?:expect|assert)\w*\b/;

function problemsOf(text: string): string[] {
  if (!MADE.test(text)) return [];
  const starts = [...text.matchAll(new RegExp(TEST, 'gm'))].map(({ index }) => index);
  return starts.flatMap((start, number) => {
    const test = text.slice(start, starts[number + 1]);
    const title = test.trim().split('\n', 1)[0] ?? '';
    const found = [];
    if (/^\s*(?:it|test)\.(?:only|skip|todo|fails)\b/.test(test)) found.push(`not run as it is: ${title}`);
    if (/^\s*(?:it|test)\(\s*(?:''|""|``)/.test(test)) found.push(`without a title: ${title}`);
    if (!ASSERTS.test(test)) found.push(`asserts nothing: ${title}`);
    return found;
  });
}

const fixtures = "import { apiTest as it } from '../support/api-test.js';\n";

describe('a test made by test.extend', () => {
  it.each([
    ["it.only('x', ({ server }) => {\n  expect(server).toBe(1);\n});", 'not run as it is'],
    ["it.skip('x', ({ server }) => {\n  expect(server).toBe(1);\n});", 'not run as it is'],
    ["it('', ({ server }) => {\n  expect(server).toBe(1);\n});", 'without a title'],
    ["it('x', async ({ server }) => {\n  await server.call('GET', '/');\n});", 'asserts nothing'],
    [
      "it.for(['a'])('%s', async (path, { server }) => {\n  await server.call('GET', path);\n});",
      'asserts nothing',
    ],
    [
      "it('x', ({ server }) => {\n  server.url;\n});\nit('y', ({ server }) => expect(server).toBe(1));",
      'asserts nothing',
    ],
  ])('is refused: %j', (text, problem) => {
    expect(problemsOf(fixtures + text)).toEqual([expect.stringContaining(problem)]);
  });

  it('is accepted when it is run and asserts', () => {
    expect(problemsOf(`${fixtures}it('x', ({ server }) => {\n  expect(server).toBe(1);\n});`)).toEqual([]);
    expect(problemsOf("import { it } from 'vitest';\nit.only('x', () => undefined);")).toEqual([]);
  });

  it('is none of these anywhere', () => {
    const files = globSync('{src,test}/**/*.spec.ts', { cwd: root });
    const found = files.flatMap((file) =>
      problemsOf(readFileSync(resolve(root, file), 'utf8')).map((problem) => `${file}: ${problem}`),
    );
    expect(found).toEqual([]);
  });
});
