import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** Exists on Linux only. */
const STATUS_FILE = '/proc/self/status';

/**
 * Binds this process, and every process that it starts later, to the first `count` cores that it may use. With 0 it is
 * not bound.
 * @returns the number of cores that it may use now, and whether it is `count`
 */
export function bindToCores(count: number): { cores: number; bound: boolean } {
  if (count > 0) {
    const chosen = allowedCores().slice(0, count);
    // The exit status is ignored: `taskset` also fails when a thread ends before it is bound.
    spawnSync('taskset', ['-acp', chosen.join(','), String(process.pid)], { stdio: 'ignore' });
  }
  const cores = availableParallelism();
  return { cores, bound: cores === count };
}

/** Parses the kernel's list, such as `0-3,6`. */
function allowedCores(): number[] {
  const status = existsSync(STATUS_FILE) ? readFileSync(STATUS_FILE, 'utf8') : '';
  const list = /^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1] ?? '';
  return list.split(',').flatMap((range) => {
    const [first = 0, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}
