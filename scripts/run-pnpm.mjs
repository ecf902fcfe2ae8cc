import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { withInstallLock } from './install-lock.mjs';

/**
 * Runs pnpm in a folder, whatever has started us, and says whether it has succeeded. What it says goes to standard error.
 * @param addHolder of the folder's lock: pnpm may survive this process
 */
export async function runPnpm(options, cwd, addHolder) {
  const { npm_execpath: runner = '' } = process.env;
  // Without pnpm that of npx, first the one that it has: a registry that is not reached keeps it waiting for minutes.
  const ways = /pnpm[^/]*$/.test(runner)
    ? [[runner]]
    : [
        ['npx', '-y', '--offline', 'pnpm@12'],
        ['npx', '-y', 'pnpm@12'],
      ];
  for (const [command, ...first] of ways) {
    const child = spawn(command, [...first, ...options], { cwd, stdio: ['ignore', 2, 2] });
    const ended = once(child, 'exit').catch(() => [undefined]); // There is no such program.
    if (child.pid !== undefined) addHolder(child.pid);
    const [status] = await ended;
    if (status === 0) return true;
  }
  return false;
}

/** Installs in a folder by `work`, alone. */
export function installAlone(folder, work) {
  return withInstallLock(folder, sayHolder, work);
}

function sayHolder(pid) {
  process.stderr.write(`Another process (pid ${pid}) installs packages here: waiting until it is done …\n`);
}
