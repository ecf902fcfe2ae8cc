import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { percentiles } from '../statistics/quantile.js';

/** Bytes per write: one WAL page, as in `pg_test_fsync`. */
const WRITE_BYTES = 8_192;
const WRITES = 300;

/** @returns the median milliseconds of a durable write of 8 KiB in this folder */
export function fdatasyncMilliseconds(folder: string): number {
  const path = join(folder, `.fdatasync-${process.pid}`);
  const file = openSync(path, 'w');
  const page = Buffer.alloc(WRITE_BYTES, 1);
  try {
    const times = Array.from({ length: WRITES }, () => {
      const start = performance.now();
      writeSync(file, page, 0, WRITE_BYTES, 0);
      fdatasyncSync(file);
      return performance.now() - start;
    });
    return percentiles(times).p50;
  } finally {
    closeSync(file);
    rmSync(path, { force: true });
  }
}
