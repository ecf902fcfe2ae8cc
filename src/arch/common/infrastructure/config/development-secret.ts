import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartupError } from './startup.error.js';

/** The signing secret of a development server: made at the first start, then kept in `dataDir`. */
export function developmentSecret(dataDir: string): string {
  const file = join(dataDir, 'jwt-access-secret');
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    return read(file) ?? create(file);
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

/** A hard link appears whole or not at all, and the first of two processes wins. */
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
