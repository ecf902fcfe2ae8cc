// The icons of Lucide that the web client imports.
import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = dirname(import.meta.dirname);
const IMPORT = /import \{([^}]*)\} from '[./]+\/ui\/((?:later-)?icons)\.ts'/g;
/** Those that are shown with the page, and those that its later parts show. */
const FILES = ['icons', 'later-icons'];
const HEAD = `// Written by \`node web/copies/write.mjs\` from lucide-react (web/copies/LICENSES): the icons that are imported from here.
import { createIcon } from './create-icon.tsx';

`;

const namesIn = (source, file) =>
  [...source.matchAll(IMPORT)].flatMap(([, list, from]) =>
    from !== file ? [] : list.split(',').map((name) => name.trim().split(' ')[0]),
  );

/** The names that the sources import from one of the files. */
function importedNames(file) {
  const sources = globSync('src/**/*.{ts,tsx}', { cwd: root });
  const names = sources.flatMap((source) => namesIn(readFileSync(join(root, source), 'utf8'), file));
  return [...new Set(names)].filter((name) => name !== '').toSorted((one, other) => one.localeCompare(other));
}

/** Where Lucide has the module of each icon, by the names of its exports. */
function modulesByName(folder) {
  const exports = readFileSync(join(folder, 'lucide-react.mjs'), 'utf8');
  return new Map(
    [...exports.matchAll(/export \{(.*)\} from '(\.\/icons\/[\w-]+\.mjs)'/g)].flatMap(([, list, file]) =>
      [...list.matchAll(/default as (\w+)/g)].map(([, name]) => [name, file]),
    ),
  );
}

/** The text of each file, with its path from web/. */
export async function copyIcons() {
  const folder = join(
    dirname(createRequire(import.meta.url).resolve('lucide-react/package.json')),
    'dist/esm',
  );
  const modules = modulesByName(folder);
  return Promise.all(FILES.map((file) => copyOf(file, folder, modules)));
}

async function copyOf(file, folder, modules) {
  const lines = await Promise.all(
    importedNames(file).map(async (name) => {
      if (!modules.has(name)) throw new Error(`Lucide has no icon ${name}.`);
      const { __iconData: icon } = await import(pathToFileURL(join(folder, modules.get(name))).href);
      const shapes = icon.node.map(([tag, { key: _key, ...attributes }]) => [tag, attributes]);
      return `export const ${name} = createIcon(${JSON.stringify(shapes)});\n`;
    }),
  );
  return [`src/ui/${file}.ts`, HEAD + lines.join('')];
}
