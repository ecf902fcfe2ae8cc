import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/**
 * Binds this process, and so all that it starts later, to the first `count` cores it may use; 0 leaves it free.
 * @returns how many cores there are now, and whether that is what was asked for
 */
export function bindToCores(count: number): { cores: number; bound: boolean } {
  if (count === 0) return { cores: availableParallelism(), bound: false };
  try {
    const chosen = allowedCores().slice(0, count);
    execFileSync('taskset', ['-acp', chosen.join(','), String(process.pid)], { stdio: 'ignore' });
    return { cores: chosen.length, bound: true };
  } catch {
    return { cores: availableParallelism(), bound: false };
  }
}

/** As the kernel lists them: `0-3,6`. */
function allowedCores(): number[] {
  const status = readFileSync('/proc/self/status', 'utf8');
  const list = /^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1] ?? '';
  return list.split(',').flatMap((range) => {
    const [first = 0, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}
