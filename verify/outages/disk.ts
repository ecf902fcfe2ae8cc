import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A tmpfs that can be filled and emptied. Linux only; mounting needs root. */
export class Disk {
  private readonly filler: string;

  private constructor(readonly folder: string) {
    this.filler = join(folder, 'filler');
  }

  /** @throws Error when this process may not mount a file system */
  static mount(mebibytes: number): Disk {
    const folder = mkdtempSync(join(tmpdir(), 'causerie-disk-'));
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m,mode=755`, 'none', folder], {
        stdio: 'pipe',
      });
    } catch (error) {
      rmdirSync(folder);
      throw new Error('it needs the right to mount a file system (root, CAP_SYS_ADMIN)', {
        cause: error,
      });
    }
    return new Disk(folder);
  }

  /** Fills the disk to the last byte. */
  fill(): void {
    const file = openSync(this.filler, 'w');
    for (const size of [2 ** 20, 2 ** 12, 1]) {
      const bytes = Buffer.alloc(size);
      try {
        for (let written = size; written > 0;) written = writeSync(file, bytes);
      } catch {
        // The disk is full for this size; the next size is smaller.
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
