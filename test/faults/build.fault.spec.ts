import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, expect, it } from 'vitest';
import { cleanUp, programFile } from './server-process.js';
import { temporaryFolder } from './temporary-folder.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);

afterEach(cleanUp);

const MIGRATIONS = 'arch/common/infrastructure/database/migrations';

/** The files that a build creates from these sources. */
const compiled = (sources: string): string[] =>
  globSync('**/*.ts', { cwd: sources })
    .filter((file) => !file.endsWith('.spec.ts'))
    .map((file) => file.replace(/\.ts$/, '.js'))
    .toSorted();
const built = (dist: string): string[] =>
  globSync('**/*.js', { cwd: dist, exclude: (name) => name === 'web' }).toSorted();
/** What the page of the web client loads. */
const loadedByPage = (dist: string): string[] =>
  [...readFileSync(join(dist, 'web/index.html'), 'utf8').matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(
    ([, name = '']) => name,
  );
const copied = (folder: string): string[] =>
  globSync(`${MIGRATIONS}/**/*.{sql,json}`, { cwd: folder }).toSorted();

/** The real build of a few sources, so that added and removed files are visible; the web client is a single line. */
function checkout(): string {
  const folder = temporaryFolder();
  const names = ['scripts', 'package.json', 'pnpm-lock.yaml', 'tsconfig.json'];
  cpSync(join(ROOT, 'web'), join(folder, 'web'), {
    recursive: true,
    filter: (source) => !/web\/(?:src|test|node_modules)$/.test(source),
  });
  mkdirSync(join(folder, 'web/src'));
  writeFileSync(join(folder, 'web/src/main.tsx'), "document.title = 'A web client';\n");
  symlinkSync(join(ROOT, 'web/node_modules'), join(folder, 'web/node_modules'));
  const sources = ['domain', 'infrastructure/config', 'infrastructure/database/migrations'];
  for (const name of [...names, ...sources.map((source) => `src/arch/common/${source}`)]) {
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  }
  const main = `import { parseConfig } from './arch/common/infrastructure/config/load-config.js';
    console.log(parseConfig(process.env).env.PORT);`;
  writeFileSync(join(folder, 'src/main.ts'), main);
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

it('compiles every source, and copies the migrations', async () => {
  const dist = dirname(await programFile('main'));
  const sources = join(ROOT, 'src');
  expect([built(dist), copied(dist)]).toEqual([compiled(sources), copied(sources)]);
});

it('leaves a complete dist when builds run at the same time', async () => {
  const cwd = checkout();
  const dist = join(cwd, 'dist');
  mkdirSync(join(dist, 'arch'), { recursive: true });
  writeFileSync(join(dist, 'arch/of-a-source-that-is-gone.js'), '');
  const build = (...options: string[]) => run(process.execPath, ['scripts/build.mjs', ...options], { cwd });
  await Promise.all([build(), build('--if-changed'), build()]);

  const sources = join(cwd, 'src');
  expect(built(dist)).toEqual(compiled(sources));
  expect(built(dist).filter((file) => statSync(join(dist, file)).size === 0)).toEqual([]);
  expect(copied(dist)).toEqual(copied(sources));
  expect(copied(dist)).not.toEqual([]);
  expect(globSync('.draft-*', { cwd: dist })).toEqual([]);
  const [asset = ''] = loadedByPage(dist);
  expect(readFileSync(join(dist, 'web', asset), 'utf8')).toContain('A web client');
  const started = run(process.execPath, ['dist/main.js'], { cwd, env: { PORT: '1' } });
  await expect(started).resolves.toMatchObject({ stdout: '1\n' });

  const { mtimeMs } = statSync(join(dist, 'main.js'));
  await build('--if-changed');
  expect(statSync(join(dist, 'main.js')).mtimeMs).toBe(mtimeMs);
  writeFileSync(join(cwd, 'src/new.ts'), 'export const fresh = 1;\n');
  writeFileSync(join(cwd, 'web/src/main.tsx'), "document.title = 'Another one';\n");
  let missing = 0;
  const isMissing = () =>
    !existsSync(join(dist, 'main.js')) ||
    !loadedByPage(dist).every((name) => existsSync(join(dist, 'web', name)));
  const watch = setInterval(() => (missing += isMissing() ? 1 : 0), 1);
  await build('--if-changed');
  clearInterval(watch);
  expect(missing).toBe(0);
  expect(existsSync(join(dist, 'new.js'))).toBe(true);
  expect(globSync('web/assets/*.js', { cwd: dist })).toEqual(
    loadedByPage(dist).map((name) => join('web', name)),
  );
  expect(loadedByPage(dist)).not.toEqual([asset]);
});

it('names the place of a syntax error, and leaves dist unchanged', async () => {
  const cwd = checkout();
  const build = () => run(process.execPath, ['scripts/build.mjs'], { cwd });
  await build();
  const before = built(join(cwd, 'dist'));
  writeFileSync(join(cwd, 'src/broken.ts'), 'export const none: = 1;\n');
  await expect(build()).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^Building …\n[^]*src\/broken\.ts:1:20/) as string,
  });
  expect(built(join(cwd, 'dist'))).toEqual(before);
  expect(globSync('dist/.draft-*', { cwd })).toEqual([]);
});
