import { execFile } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { findPackageJSON } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createBrotliDecompress } from 'node:zlib';

const run = promisify(execFile);
const CACHE = resolve(import.meta.dirname, '../../node_modules/.cache/chromium');
/** Another run of this checkout may still use a version. */
const IN_USE_MS = 3_600_000;
/** The only fonts, so that texts take the same room on every machine. */
const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

/** How to start Chromium on this machine. */
export interface ChromiumProgram {
  readonly executable: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Whether it is WebKit that `pnpm test:webkit` has found. */
  readonly isWebKit?: boolean;
}

/**
 * The program that `TEST_CHROMIUM` names, with the libraries and fonts of the machine; or else that of the package, which
 * has all libraries that Debian does not always have. It is unpacked into a cache folder.
 */
export async function installChromium(): Promise<ChromiumProgram> {
  // Set by scripts/test-webkit.mjs, which runs specs of the window only.
  const webkit = process.env['TEST_WEBKIT_FOUND'];
  if (webkit) return { executable: webkit, environment: {}, isWebKit: true };
  const own = process.env['TEST_CHROMIUM'];
  if (own !== undefined && own !== '') return { executable: own, environment: {} };
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      'These tests need Chromium, which no package provides for this system: set TEST_CHROMIUM to its path.',
    );
  }
  const manifest = findPackageJSON('@sparticuz/chromium', import.meta.url);
  if (manifest === undefined) throw new Error('The package @sparticuz/chromium is not installed.');
  const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string };
  const folder = join(CACHE, version);
  if (!existsSync(folder)) await unpack(join(dirname(manifest), 'bin'), folder);
  return {
    executable: join(folder, 'chromium'),
    environment: { LD_LIBRARY_PATH: join(folder, 'lib'), FONTCONFIG_FILE: join(folder, 'fonts.conf') },
  };
}

/** The folder appears complete: concurrent runs and stopped runs leave no unfinished one. */
async function unpack(from: string, folder: string): Promise<void> {
  await mkdir(CACHE, { recursive: true });
  await removeEarlier();
  const draft = await mkdtemp(`${folder}-`);
  try {
    await inflate(join(from, 'chromium.br'), join(draft, 'chromium'));
    // Libraries in `lib`, and the font Open Sans in `fonts`.
    for (const archive of ['al2023.tar', 'fonts.tar']) {
      const file = join(draft, archive);
      await inflate(join(from, `${archive}.br`), file);
      await run('tar', ['-xf', file, '-C', draft]);
      await rm(file);
    }
    await writeFile(join(draft, 'fonts.conf'), FONTS);
    await rename(draft, folder);
  } catch (error) {
    // Another run may have been faster.
    if (!existsSync(folder)) throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function inflate(from: string, to: string): Promise<void> {
  await pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to, { mode: 0o755 }));
}

/** Removes other versions, and what stopped runs have left behind. */
async function removeEarlier(): Promise<void> {
  for (const folder of (await readdir(CACHE)).map((name) => join(CACHE, name))) {
    const { mtimeMs } = await stat(folder);
    if (Date.now() - mtimeMs > IN_USE_MS) await rm(folder, { recursive: true, force: true });
  }
}
