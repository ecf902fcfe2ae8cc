import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file system of its own in memory that can be filled up and emptied again. Linux only, and only for root. */
export class Disk {
  private readonly filler: string;

  private constructor(readonly folder: string) {
    this.filler = join(folder, 'filler');
  }

  /** @throws Error when this machine does not let us mount anything */
  static mount(mebibytes: number): Disk {
    const folder = mkdtempSync(join(tmpdir(), 'causerie-disk-'));
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m,mode=755`, 'none', folder], {
        stdio: 'pipe',
      });
    } catch (error) {
      rmdirSync(folder);
      throw new Error('a file system of its own needs the right to mount one (root, CAP_SYS_ADMIN)', {
        cause: error,
      });
    }
    return new Disk(folder);
  }

  /** To the last byte. */
  fill(): void {
    const file = openSync(this.filler, 'w');
    for (const size of [2 ** 20, 2 ** 12, 1]) {
      const bytes = Buffer.alloc(size);
      try {
        for (let written = size; written > 0;) written = writeSync(file, bytes);
      } catch {
        // no space for as much
      }
    }
    closeSync(file);
  }

  empty(): void {
    rmSync(this.filler, { force: true });
  }

  unmount(): void {
    execFileSync('umount', ['--lazy', this.folder], { stdio: 'pipe' });
    rmdirSync(this.folder);
  }
}
