import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

export const run = promisify(execFile);
export const ROOT = resolve(import.meta.dirname, '../..');
export const MODULES = join(ROOT, 'node_modules');
export const NAMES = ['client', 'react'] as const;
type Name = (typeof NAMES)[number];

/** What users install beside our packages. */
const OTHERS = ['@types', 'react', 'react-dom', 'socket.io-client'];

interface Manifest {
  readonly type: string;
  readonly sideEffects: boolean;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

interface Packed {
  /** A folder of a user who has installed both packages. */
  readonly folder: string;
  tarball(name: Name): string;
  /** Where a package is installed. */
  place(name: Name): string;
  manifest(name: Name): Manifest;
  /** What can be imported of a package. */
  specifiers(name: Name): string[];
}

/** Packs these packages as they would be published, and installs them in a folder, which `remove` removes. */
export async function packPackages(names: readonly Name[]): Promise<Packed & { remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'causerie-packages-'));
  const tarball = (name: Name) => join(folder, `${name}.tgz`);
  const place = (name: Name) => join(folder, 'node_modules/@causerie', name);
  // One after the other: to compile one package, its manifest compiles the other one, too.
  for (const name of names) {
    const pack = ['-y', '--prefer-offline', 'pnpm@12', 'pack', '--out', tarball(name)];
    await run('npx', pack, { cwd: join(ROOT, 'packages', name) });
    mkdirSync(place(name), { recursive: true });
    await run('tar', ['xzf', tarball(name), '--strip-components=1', '-C', place(name)]);
  }
  for (const name of OTHERS) symlinkSync(join(MODULES, name), join(folder, 'node_modules', name));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  const manifest = (name: Name) =>
    JSON.parse(readFileSync(join(place(name), 'package.json'), 'utf8')) as Manifest;
  return {
    folder,
    tarball,
    place,
    manifest,
    specifiers: (name) =>
      Object.keys(manifest(name).exports)
        .filter((path) => path !== './package.json')
        .map((path) => `@causerie/${name}${path.slice(1)}`),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** The lowest version of Node that the packages promise, fetched from the registry once. */
export async function oldestNode(): Promise<string> {
  const source = `node-${process.platform}-${process.arch}@20.19.0`;
  const report = ['-p', 'process.version + " " + process.execPath'];
  const { stdout } = await run(
    'npx',
    ['-y', '--prefer-offline', '--package', source, '--', 'node', ...report],
    {
      cwd: tmpdir(),
    },
  );
  const [version, path] = stdout.trim().split(' ');
  if (version !== 'v20.19.0' || path === undefined) throw new Error(`This is no Node 20.19.0: ${stdout}`);
  return path;
}
