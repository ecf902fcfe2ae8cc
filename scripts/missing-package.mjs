// Looks whether what the lockfile names is there, each package where those that need it look for it: an installation that
// was interrupted, or overtaken by another, leaves gaps. Runs on whatever Node there is.
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join, posix } from 'node:path';

const KINDS = /^ {4}(dependencies|devDependencies|optionalDependencies):$/;
const unquoted = (name) => name.replace(/^'(.*)'$/, '$1');

/** The parts of pnpm's lockfile that name what needs what, by the lines that pnpm writes: there is no parser of YAML yet. */
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

/** Where the packages lie that a package may load. */
const modulesAround = (folder) => folder.slice(0, folder.lastIndexOf('node_modules') + 'node_modules'.length);

/**
 * @param importers folders of the workspace, as the lockfile names them: `.`, `tools`
 * @returns the name of a package that is missing, or of a program of one, in node_modules/.bin; what is optional is not asked for
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
