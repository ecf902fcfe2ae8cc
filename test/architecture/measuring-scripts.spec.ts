import { existsSync, globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const scripts = globSync('bench/{micro,sql}/*.mjs', { cwd: root });
const NAMED = /\bsource\(\s*'([^']+)'|(?:import\(|from )'\.\.\/\.\.\/src\/arch\/([^']+)\.js'/g;

/** No compiler checks these scripts, and they may not be run for months. */
it.each(scripts)('the modules that %s loads exist', (script) => {
  const named = [...readFileSync(resolve(root, script), 'utf8').matchAll(NAMED)];
  const missing = named
    .map(([, source, imported]) => `src/arch/${source ?? imported}.ts`)
    .filter((file) => !existsSync(resolve(root, file)));
  expect(missing).toEqual([]);
});
