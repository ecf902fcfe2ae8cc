import { readFileSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

import { EmbeddedPostgresError, reasonOf } from './embedded-postgres.error.ts';

/** Exclusive ownership of a folder, until it is released or this process ends for whatever reason. */
export interface FolderLock {
  release(): void;
}

const SQLITE_BUSY = 5;

/** References that prevent garbage collection, which would close the file and so release the lock. */
const held = new Set<DatabaseSync>();

/**
 * Takes the lock, or returns undefined when another process (or this one) has it. The lock is SQLite's write lock on an
 * always empty file: the kernel holds it, so it cannot be stale, not even after SIGKILL.
 *
 * @throws EmbeddedPostgresError when the file cannot be opened
 */
export function takeFolderLock(path: string): FolderLock | undefined {
  const file = lockFile(path);
  if (file === undefined) return undefined;
  held.add(file);
  noteHolder(path);
  return {
    release: () => {
      if (held.delete(file)) file.close();
    },
  };
}

/** A description of the process that has the lock, as far as known; only for messages. */
export function lockHolder(path: string): string {
  try {
    return readFileSync(holderFile(path), 'utf8').trim();
  } catch {
    return 'unknown';
  }
}

function noteHolder(path: string): void {
  try {
    writeFileSync(holderFile(path), `${process.pid}\n`);
  } catch {
    // The lock holds without this information.
  }
}

/** A separate file: opening and closing the locked one in this process would release the POSIX lock on it. */
function holderFile(path: string): string {
  return `${path}.pid`;
}

function lockFile(path: string): DatabaseSync | undefined {
  let file: DatabaseSync | undefined;
  try {
    file = new DatabaseSync(path, { timeout: 0 });
    // Nothing is ever committed, so no journal file is needed beside it.
    file.exec('PRAGMA journal_mode = MEMORY; BEGIN IMMEDIATE');
    return file;
  } catch (error) {
    file?.close();
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) return undefined;
    throw new EmbeddedPostgresError('folder', `The lock ${path} cannot be taken: ${reasonOf(error)}`);
  }
}
