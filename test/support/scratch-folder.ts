import { accessSync, constants, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

/** Linux keeps what is written here in memory. */
export const IN_MEMORY = '/dev/shm';
/** A run's databases, with what PostgreSQL keeps of its log, take about a third of it. */
const ROOM_BYTES = 3 * 1024 ** 3;

/**
 * Where a test puts clusters, which need not survive a power failure: dropping a database, for instance, waits until
 * all that others have written is on the disk. Programs in it may be forbidden to run.
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
