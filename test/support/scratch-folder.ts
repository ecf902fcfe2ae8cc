import { accessSync, constants, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

/** A folder that Linux keeps in memory. */
export const IN_MEMORY = '/dev/shm';
/** The databases of a run, with PostgreSQL's log, take about a third of it. */
const ROOM_BYTES = 3 * 1024 ** 3;

/**
 * The folder where tests create clusters, which need not survive a power failure: on a disk, dropping a database, for
 * instance, waits until all other writes are on the disk. Executing programs in it may be forbidden.
 */
export function scratchFolder(): string {
  return hasRoom() ? IN_MEMORY : tmpdir();
}

function hasRoom(): boolean {
  try {
    accessSync(IN_MEMORY, constants.W_OK);
    const { bavail, bsize } = statfsSync(IN_MEMORY);
    return Math.min(bavail * bsize, process.availableMemory()) > ROOM_BYTES;
  } catch {
    return false;
  }
}
