// Builds the web client: hashed assets with compressed copies beside them, and the page that loads them.
import { appendFileSync, globSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'vite';

const root = dirname(fileURLToPath(import.meta.url));
/** Pictures are compressed already. */
const COMPRESSIBLE = /\.(?:html|js|css|svg|json|txt|webmanifest)$/;

/** What the web client is made of, as paths in the checkout. */
const INPUTS = [
  'web/{build.mjs,emoji-data.ts,first-load.ts,layer-order.ts,no-web-transport.ts,vite.config.ts,index.html}',
  'web/{copies/LICENSES,emoji,src,public}/**/*.*',
  'packages/{client,react}/src/**/*.{ts,tsx}',
];

/** The files that the web client is made of, as paths in the checkout. */
export const inputsOfWeb = () => globSync(INPUTS, { cwd: dirname(root) });

/** Writes the web client into a folder, which is created. */
export async function buildWeb(outDir) {
  const { NODE_ENV } = process.env;
  // Otherwise the environment of tests would build what is for development: React twice as large and slow.
  process.env.NODE_ENV = 'production';
  try {
    await build({ root, logLevel: 'error', build: { outDir } });
  } finally {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = NODE_ENV;
  }
  appendFileSync(join(outDir, 'licenses.txt'), licencesOfCopies());
  for (const name of readdirSync(outDir, { recursive: true })) {
    if (COMPRESSIBLE.test(name)) compress(join(outDir, name));
  }
}

/** Of packages that are copied in parts: no bundler knows them. */
function licencesOfCopies() {
  const folder = join(root, 'copies/LICENSES');
  const texts = readdirSync(folder).map((name) => [
    name.replace('.txt', ''),
    readFileSync(join(folder, name), 'utf8'),
  ]);
  return texts.map(([name, text]) => `\n## ${name}, in parts\n\n${text}`).join('');
}

function compress(file) {
  const text = readFileSync(file);
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: text.length };
  writeFileSync(`${file}.br`, brotliCompressSync(text, { params }));
  writeFileSync(`${file}.gz`, gzipSync(text, { level: 9 }));
}
