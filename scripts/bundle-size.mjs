// What a package of ours adds to the bundle of its users: bundled from its sources as they would, minified and compressed.
import { dirname, isAbsolute, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

/** A module that exports all of `source`, or only these names of it. It is no file. */
const entryPlugin = (entry, source, names) => ({
  name: 'entry',
  resolveId: (id) => (id === entry ? id : undefined),
  load: (id) =>
    id === entry
      ? `export ${names === undefined ? '*' : `{ ${names.join(', ')} }`} from ${JSON.stringify(source)};`
      : undefined,
});

/**
 * Bundles a module of a package without the packages that it imports.
 * @param source absolute path of the module
 * @param names the exports that are used; all of them without it
 * @returns the compressed size, the names of the exports, and the bytes before minification of each module
 */
export async function measureBundle(source, names) {
  if (names?.length === 0) return { bytes: 0, exports: [], modules: new Map() };
  const entry = join(dirname(source), 'entry-of-bundle.js');
  const outputs = await build({
    configFile: false,
    root: dirname(source),
    logLevel: 'silent',
    plugins: [entryPlugin(entry, source, names)],
    build: {
      write: false,
      target: 'es2022',
      lib: { entry, formats: ['es'] },
      rolldownOptions: {
        external: (id) => !id.startsWith('.') && !isAbsolute(id),
        // A library keeps notes for the bundler of its users, who does not.
        output: { minify: true, comments: { annotation: false } },
      },
    },
  });
  const chunks = outputs.flatMap(({ output }) => output);
  const code = chunks.map((chunk) => chunk.code).join('');
  const modules = chunks.flatMap((chunk) => Object.entries(chunk.modules));
  return {
    bytes: gzipSync(code, { level: 9 }).length,
    exports: chunks.flatMap((chunk) => (chunk.isEntry ? chunk.exports : [])),
    modules: new Map(
      modules
        .map(([id, { renderedLength }]) => [id, renderedLength])
        .filter(([id, length]) => id !== entry && length > 0),
    ),
  };
}

/** A line for each row of name, bytes and limit that has outgrown its limit. */
export function outgrown(rows) {
  return rows
    .filter(([, bytes, limit]) => bytes > limit)
    .map(
      ([name, bytes, limit]) =>
        `${name} has outgrown its limit by ${bytes - limit} bytes: \`pnpm size\` shows which part is large.\n`,
    );
}
