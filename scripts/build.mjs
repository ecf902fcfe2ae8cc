// Compiles src into dist. Each file is written to a draft folder and then renamed, and dist is never removed, so a
// server that runs from dist, or a second build at the same time, never reads a file that is incomplete.
import { createHash } from 'node:crypto';
import {
  cpSync,
  globSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildWeb, inputsOfWeb } from '../web/build.mjs';
import { compile } from './compile.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stampFile = join(root, 'dist/.stamp');
const MIGRATIONS = 'arch/common/infrastructure/database/migrations';

/** What a build writes. */
const BUILT = ['**/*.{js,map,sql,json}', 'web/**/*.*'];
const isPage = (file) => file.endsWith('index.html');

/** A hash of the names, sizes and times of all inputs of the build: it changes when an input is changed, added or removed. */
function inputStamp() {
  const inputs = [
    'tsconfig.json',
    'pnpm-lock.yaml',
    'scripts/build.mjs',
    'scripts/compile.mjs',
    ...globSync('src/**/*.{ts,sql,json}', { cwd: root }),
    ...inputsOfWeb(),
  ];
  const hash = createHash('sha256');
  for (const file of inputs.toSorted((a, b) => (a < b ? -1 : 1))) {
    const { mtimeMs, size } = statSync(join(root, file));
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

function currentStamp() {
  try {
    return readFileSync(stampFile, 'utf8');
  } catch {
    return '';
  }
}

/** Builds; with `ifChanged` only when an input has changed since the last build. */
async function build({ ifChanged }) {
  const stamp = inputStamp();
  if (ifChanged && currentStamp() === stamp) return;
  process.stderr.write('Building …\n');
  const draft = join(root, 'dist', `.draft-${process.pid}`);
  try {
    const sources = globSync('**/*.ts', { cwd: join(root, 'src') });
    compile(
      sources.filter((file) => !file.endsWith('.spec.ts')),
      root,
      draft,
    );
    cpSync(join(root, 'src', MIGRATIONS), join(draft, MIGRATIONS), { recursive: true });
    await buildWeb(join(draft, 'web'));
    publish(draft);
    writeFileSync(join(draft, '.stamp'), stamp);
    renameSync(join(draft, '.stamp'), stampFile);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Moves every file to its place in dist, then removes the files whose source no longer exists. */
function publish(draft) {
  const files = new Set(globSync(BUILT, { cwd: draft }));
  // The page is last: it names files that must be there.
  for (const file of [...files].toSorted((a, b) => Number(isPage(a)) - Number(isPage(b)))) {
    const target = join(root, 'dist', file);
    mkdirSync(dirname(target), { recursive: true });
    renameSync(join(draft, file), target);
  }
  for (const file of globSync(BUILT, {
    cwd: join(root, 'dist'),
    exclude: (name) => name.startsWith('.draft-'),
  })) {
    if (!files.has(file)) rmSync(join(root, 'dist', file), { force: true });
  }
}

try {
  await build({ ifChanged: process.argv.includes('--if-changed') });
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
