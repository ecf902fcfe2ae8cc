import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeDataDir } from './data-dir.js';
import { StartupError } from './startup.error.js';

/** A file that a power failure has truncated is shorter, and must not be used for signing. */
const MINIMAL_LENGTH = 32;

/** The signing secret of a development server: generated at the first start, then kept in `dataDir`. */
export function developmentSecret(dataDir: string): string {
  const file = join(dataDir, 'jwt-access-secret');
  makeDataDir(dataDir);
  try {
    const secret = read(file) ?? create(file);
    if (secret.length < MINIMAL_LENGTH) throw new Error(`${file} does not hold a whole secret, remove it`);
    return secret;
  } catch (error) {
    throw new StartupError(`DATA_DIR ${dataDir} cannot be used: ${(error as Error).message}.`);
  }
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** A hard link is created atomically, and the first of two processes wins. */
function create(file: string): string {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, randomBytes(32).toString('base64url'), { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  return readFileSync(file, 'utf8');
}
