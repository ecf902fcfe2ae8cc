// Prints what a browser loads of the web client that has been built, compressed, and fails when that has outgrown its limits.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measureWeb, webRows } from './web-load.mjs';

const web = join(dirname(dirname(fileURLToPath(import.meta.url))), 'dist/web');
const page = readFileSync(join(web, 'index.html'), 'utf8');
const sizeOf = (name) => statSync(join(web, 'assets', `${name}.gz`)).size;
const files = readdirSync(join(web, 'assets')).filter((name) => /\.(?:js|css)$/.test(name));

process.stdout.write('The web client (gzip):\n');
for (const { name, value, limit, unit } of webRows(measureWeb(page, files, sizeOf))) {
  process.stdout.write(`  ${name.padEnd(40)}${`${value} ${unit}`.padStart(14)} of ${limit}\n`);
  if (value <= limit) continue;
  process.stderr.write(`The web client has outgrown a limit: ${name}, ${value} of ${limit} ${unit}.\n`);
  process.exitCode = 1;
}
