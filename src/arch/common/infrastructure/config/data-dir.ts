import { accessSync, constants, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { StartupError } from './startup.error.js';

const REASONS = new Map([
  ['EEXIST', 'is not a folder: choose another DATA_DIR'],
  ['ENOTDIR', 'is not a folder: choose another DATA_DIR'],
  ['EACCES', 'is not writable for this user: change its permissions or choose another DATA_DIR'],
  ['EPERM', 'is not writable for this user: change its permissions or choose another DATA_DIR'],
  ['EROFS', 'is on a read-only file system: choose another DATA_DIR'],
]);

/**
 * Creates DATA_DIR (0700) when it is missing.
 * @throws StartupError when it cannot be used
 */
export function makeDataDir(path: string): void {
  try {
    // Parent folders get the usual mode: the user that PostgreSQL runs as must be able to traverse them.
    mkdirSync(dirname(path), { recursive: true });
    mkdirSync(path, { recursive: true, mode: 0o700 });
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new StartupError(`DATA_DIR ${path} ${REASONS.get(code ?? '') ?? `cannot be used: ${message}`}`);
  }
}
