import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const TUNED = fileURLToPath(new URL('./tune-garbage-collection.ts', import.meta.url));
/** Code that allocates long-lived objects, run often enough to be compiled. */
const PROGRAM = `
const kept = [];
for (let round = 0; round < 20; round += 1) {
  const allocate = (n) => [n, { n }, [n]];
  for (let n = 0; n < 100_000; n += 1) kept.push(allocate(n));
}
`;

/** The allocation sites that V8 reports at each collection of the young generation. */
function followed(words: readonly string[]): number {
  const output = execFileSync(process.execPath, [
    '--trace-pretenuring-statistics',
    ...words,
    '--input-type=module',
    '--eval',
    PROGRAM,
  ]);
  return output.toString().split('pretenuring: threshold').length - 1;
}

it('no place is noted for allocating what lives long', () => {
  expect(followed([])).toBeGreaterThan(0);
  expect(followed(['--import', '@oxc-node/core/register', '--import', TUNED])).toBe(0);
});
