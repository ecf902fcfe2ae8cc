// Checks that every package of the lockfile is installed where the packages that depend on it load it from: an installation
// that was interrupted, or that overlapped with another one, leaves gaps. This file must run on every version of Node.
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join, posix } from 'node:path';

const KINDS = /^ {4}(dependencies|devDependencies|optionalDependencies):$/;
const unquoted = (name) => name.replace(/^'(.*)'$/, '$1');

/**
 * The dependencies of projects (`importers`) and packages (`snapshots`) in pnpm's lockfile, parsed line by line in the form
 * that pnpm writes, because no parser of YAML is installed yet.
 */
function readLockfile(text) {
  const sections = { importers: new Map(), snapshots: new Map() };
  let section;
  let needed;
  let isOptional = false;
  let name;
  for (const line of text.split('\n')) {
    const [, top] = /^(\w+):/.exec(line) ?? [];
    const [, key] = /^ {2}(\S.*):(?: \{\})?$/.exec(line) ?? [];
    const [, kind] = KINDS.exec(line) ?? [];
    const [, dependency, version] = /^ {6}(\S+):(?: (\S+))?$/.exec(line) ?? [];
    const [, imported] = /^ {8}version: (\S+)$/.exec(line) ?? [];
    if (top !== undefined) section = sections[top];
    if (section === undefined) continue;
    if (key !== undefined) section.set(unquoted(key), (needed = new Map()));
    if (kind !== undefined) isOptional = kind === 'optionalDependencies';
    if (dependency !== undefined) name = unquoted(dependency);
    const found = version ?? imported;
    if (found !== undefined && !isOptional) needed.set(name, unquoted(found));
  }
  return sections;
}

/** The folder node_modules from which a package loads its dependencies. */
const modulesAround = (folder) => folder.slice(0, folder.lastIndexOf('node_modules') + 'node_modules'.length);

/**
 * Optional dependencies are not checked.
 * @param importers folders of the workspace, as the lockfile names them: `.`, `tools`
 * @returns the name of a missing package, or of a program of a package that is missing in node_modules/.bin; else undefined
 */
export function missingPackage(root, importers) {
  const lockfile = readLockfile(readFileSync(join(root, 'pnpm-lock.yaml'), 'utf8'));
  const seen = new Set();
  const missing = (modules, needed = new Map()) => {
    for (const [name, version] of needed) {
      const folder = join(modules, name);
      if (!existsSync(join(folder, 'package.json'))) return name;
      const real = realpathSync(folder);
      if (seen.has(real)) continue;
      seen.add(real);
      const found = version.startsWith('link:')
        ? missing(join(real, 'node_modules'), lockfile.importers.get(version.slice('link:'.length)))
        : missing(
            modulesAround(real),
            lockfile.snapshots.get(`${name}@${version}`) ?? lockfile.snapshots.get(version),
          );
      if (found !== undefined) return found;
    }
    return undefined;
  };
  for (const importer of importers) {
    const needed = lockfile.importers.get(importer) ?? new Map();
    const modules = join(root, posix.normalize(importer), 'node_modules');
    const found = missing(modules, needed) ?? missingProgram(root, modules, needed.keys());
    if (found !== undefined) return found;
  }
  return undefined;
}

function missingProgram(root, modules, names) {
  for (const name of names) {
    const { bin = {} } = JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8'));
    const programs = typeof bin === 'string' ? [posix.basename(name)] : Object.keys(bin);
    const found = programs.find((program) => !existsSync(join(root, 'node_modules/.bin', program)));
    if (found !== undefined) return found;
  }
  return undefined;
}
