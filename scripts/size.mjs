// Prints what our packages add to a bundle, and fails when one of them has outgrown its limit (ADR 66). With --features it
// also prints what each export costs alone, and which part of the whole each folder is.
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measureBundle, outgrown } from './bundle-size.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const sourceOf = (name) => join(root, 'packages', name, 'src/public-api.ts');

/** Exports that are gated on their own, because few programs use them. */
const WINDOW = new Set(['MessageWindow']);
/** Compressed bytes of own code: the packages that they import are not counted. */
const LIMITS = { client: 23_000, react: 2_000, window: 2_600 };

const kilobytes = (bytes) => `${(bytes / 1_000).toFixed(2)} kB`.padStart(10);

function printRows(title, rows) {
  process.stdout.write(`${title}\n`);
  for (const [name, bytes, note = ''] of rows) {
    process.stdout.write(`  ${name.padEnd(40)}${kilobytes(bytes)}${note}\n`);
  }
}

/** The rows of the table: name, bytes, limit. */
async function measureAll(client, react) {
  const hooks = react.exports.filter((name) => !WINDOW.has(name));
  const { bytes } = await measureBundle(sourceOf('react'), hooks);
  return [
    ['@causerie/client', client.bytes, LIMITS.client],
    ['@causerie/react, without its window', bytes, LIMITS.react],
    ['@causerie/react, the window', Math.max(0, react.bytes - bytes), LIMITS.window],
  ];
}

const bySize = (a, b) => b[1] - a[1];

async function printFeatures(name, { bytes, exports, modules }) {
  const alone = [];
  for (const one of exports) alone.push([one, (await measureBundle(sourceOf(name), [one])).bytes]);
  printRows(`\n@causerie/${name}: an export alone`, alone.toSorted(bySize));
  const folders = new Map();
  const source = dirname(sourceOf(name));
  let total = 0;
  for (const [file, length] of modules) {
    const [folder] = relative(source, file).split('/');
    folders.set(folder, (folders.get(folder) ?? 0) + length);
    total += length;
  }
  const shares = [...folders].map(([folder, length]) => [folder, (bytes * length) / total]);
  printRows(`\n@causerie/${name}: its parts, as a share of the whole`, shares.toSorted(bySize));
}

const client = await measureBundle(sourceOf('client'));
const react = await measureBundle(sourceOf('react'));
const rows = await measureAll(client, react);
printRows(
  'Added to a bundle (minified, gzip):',
  rows.map(([name, bytes, limit]) => [name, bytes, ` of ${kilobytes(limit).trim()}`]),
);
if (process.argv.includes('--features')) {
  await printFeatures('client', client);
  await printFeatures('react', react);
}
for (const line of outgrown(rows)) {
  process.stderr.write(line);
  process.exitCode = 1;
}
