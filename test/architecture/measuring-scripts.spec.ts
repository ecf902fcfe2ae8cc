import { existsSync, globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const scripts = globSync('bench/{micro,sql}/*.mjs', { cwd: root });
const NAMED = /\bsource\(\s*'([^']+)'|(?:import\(|from )'\.\.\/\.\.\/src\/arch\/([^']+)\.js'/g;

/** No compiler reads these scripts, and nobody runs them for months. */
it.each(scripts)('what %s loads of the product is there', (script) => {
  const named = [...readFileSync(resolve(root, script), 'utf8').matchAll(NAMED)];
  const missing = named
    .map(([, source, imported]) => `src/arch/${source ?? imported}.ts`)
    .filter((file) => !existsSync(resolve(root, file)));
  expect(missing).toEqual([]);
});
