import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** On Linux only. */
const STATUS = '/proc/self/status';

/**
 * Binds this process, and so all that it starts later, to the first `count` cores it may use; 0 leaves it free.
 * @returns how many cores there are now, and whether that is what was asked for
 */
export function bindToCores(count: number): { cores: number; bound: boolean } {
  if (count > 0) {
    const chosen = allowedCores().slice(0, count);
    // Its status tells nothing: it also fails when one of the threads that it has listed ends meanwhile.
    spawnSync('taskset', ['-acp', chosen.join(','), String(process.pid)], { stdio: 'ignore' });
  }
  const cores = availableParallelism();
  return { cores, bound: cores === count };
}

/** As the kernel lists them: `0-3,6`. */
function allowedCores(): number[] {
  const status = existsSync(STATUS) ? readFileSync(STATUS, 'utf8') : '';
  const list = /^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1] ?? '';
  return list.split(',').flatMap((range) => {
    const [first = 0, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}
