import { execFile } from 'node:child_process';
import { cpSync, existsSync, globSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, expect, it } from 'vitest';
import { cleanUp } from './server-process.js';
import { temporaryFolder } from './temporary-folder.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);

afterEach(cleanUp);

/** What a build needs, without what is written into while other tests run. */
function checkout(): string {
  const folder = temporaryFolder();
  const names = ['src', 'scripts', 'package.json', 'pnpm-lock.yaml', 'tsconfig.json', 'tsconfig.build.json'];
  for (const name of names) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

it('leaves a whole dist when builds run at once', async () => {
  const cwd = checkout();
  const dist = join(cwd, 'dist');
  mkdirSync(join(dist, 'arch'), { recursive: true });
  writeFileSync(join(dist, 'arch/of-a-source-that-is-gone.js'), '');
  const build = (...options: string[]) => run(process.execPath, ['scripts/build.mjs', ...options], { cwd });
  await Promise.all([build(), build('--if-changed'), build()]);

  const sources = globSync('**/*.ts', { cwd: join(cwd, 'src') }).filter(
    (file) => !/\.(spec|fixture)\.ts$/.test(file),
  );
  const expected = sources.map((file) => file.replace(/\.ts$/, '.js')).toSorted();
  expect(globSync('**/*.js', { cwd: dist }).toSorted()).toEqual(expected);
  expect(expected.filter((file) => statSync(join(dist, file)).size === 0)).toEqual([]);
  const migrations = 'arch/common/infrastructure/database/migrations';
  expect(globSync(`${migrations}/**/*.{sql,json}`, { cwd: dist }).toSorted()).toEqual(
    globSync(`${migrations}/**/*.{sql,json}`, { cwd: join(cwd, 'src') }).toSorted(),
  );
  expect(globSync('.draft-*', { cwd: dist })).toEqual([]);
  const refused = run(process.execPath, ['dist/main.js'], { cwd, env: { PORT: 'abc' } });
  await expect(refused).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^Configuration: PORT/),
  });

  const { mtimeMs } = statSync(join(dist, 'main.js'));
  await build('--if-changed');
  expect(statSync(join(dist, 'main.js')).mtimeMs).toBe(mtimeMs);
  writeFileSync(join(cwd, 'src/new.ts'), 'export const fresh = 1;\n');
  let missing = 0;
  const watch = setInterval(() => (missing += existsSync(join(dist, 'main.js')) ? 0 : 1), 1);
  await build('--if-changed');
  clearInterval(watch);
  expect(missing).toBe(0);
  expect(existsSync(join(dist, 'new.js'))).toBe(true);
});
