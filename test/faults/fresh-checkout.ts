import { cpSync, globSync, lstatSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from './temporary-folder.js';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** The files of a checkout that an installation reads. */
const MANIFESTS = [
  'package.json',
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
  'scripts',
  'packages',
  'runtime',
  'tools',
  'web',
];

const isNotInstalled = (source: string) => !source.endsWith('/node_modules');

/** A checkout without installed packages. */
export function freshCheckout(): string {
  const checkout = temporaryFolder(tmpdir());
  for (const name of MANIFESTS) {
    cpSync(join(ROOT, name), join(checkout, name), { recursive: true, filter: isNotInstalled });
  }
  return checkout;
}

export const manifest = (folder: string) =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, object>;

/** The names of all packages that are installed in it, including indirect dependencies. */
export const broughtBy = (checkout: string): Set<string> =>
  new Set(
    globSync('node_modules/.pnpm/*/node_modules/{*,@*/*}', { cwd: checkout }).map((path) =>
      path.replace(/^.*\/node_modules\//, ''),
    ),
  );

/** The size of its packages in MB; on disk, where a file takes whole blocks, it is slightly larger. */
export const megabytesOf = (checkout: string): number =>
  globSync('node_modules/**/*', { cwd: checkout })
    .map((name) => lstatSync(join(checkout, name)))
    .reduce((sum, stats) => sum + (stats.isFile() ? stats.size : 0), 0) / 1e6;
