import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const SELF = 'test/architecture/bounded-loops.spec.ts';
/** Loops with a counter and over a collection end; {@link rounds} bounds loops that wait. */
function isUnbounded(line: string): boolean {
  if (/^\s*(\/\/|\*|\/\*)/.test(line)) return false;
  if (/\bwhile \(|\bdo \{/.test(line)) return true;
  const [, beginning = '', condition] = /\bfor \(([^;]*);([^;]*);/.exec(line) ?? [];
  return condition !== undefined && !beginning.includes(' of ') && !/[<>]=? /.test(condition);
}

const unboundedLoops = (text: string): string[] => text.split('\n').filter(isUnbounded);

it.each([
  'while (socket.connected) emit();',
  'do {',
  'for (;;) {',
  'for (let more = true; more; ) {',
  "for (let at = ''; at !== null; ) {",
])('%s is a loop without a bound', (line) => {
  expect(unboundedLoops(`  ${line}`)).toHaveLength(1);
});

it.each([
  'for (let count = 0; count < 5; count += 1) {',
  'for (const _ of rounds(5)) {',
  "it('waits while nobody looks', async () => {",
  '// while (true)',
])('%s is none', (line) => {
  expect(unboundedLoops(line)).toEqual([]);
});

it('no test has an unbounded loop, which would fill the memory of its worker', () => {
  const files = globSync(['test/**/*.ts', 'packages/*/test/**/*.ts', '{src,bench}/**/*.spec.ts'], {
    cwd: root,
    exclude: [SELF],
  });
  const found = files.flatMap((file) =>
    unboundedLoops(readFileSync(resolve(root, file), 'utf8')).map((line) => `${file}: ${line.trim()}`),
  );
  expect(found).toEqual([]);
});
