import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { withInstallLock } from './install-lock.mjs';

/**
 * Runs pnpm in the folder `cwd`; its output goes to standard error.
 * @param options the command and its options
 * @param addHolder adds pnpm, which may live longer than this process, to the holders of the folder's lock
 * @returns whether pnpm has succeeded
 */
export async function runPnpm(options, cwd, addHolder) {
  const { npm_execpath: runner = '' } = process.env;
  // The pnpm that has started this script, else that of npx: first the one in its cache, because npx waits for minutes when
  // it cannot reach the registry.
  const commands = /pnpm[^/]*$/.test(runner)
    ? [[runner]]
    : [
        ['npx', '-y', '--offline', 'pnpm@12'],
        ['npx', '-y', 'pnpm@12'],
      ];
  for (const [command, ...first] of commands) {
    const child = spawn(command, [...first, ...options], { cwd, stdio: ['ignore', 2, 2] });
    const ended = once(child, 'exit').catch(() => [undefined]); // The program does not exist.
    if (child.pid !== undefined) addHolder(child.pid);
    const [status] = await ended;
    if (status === 0) return true;
  }
  return false;
}

/** Calls `work`, which installs packages, while no other process installs in this folder; prints a line when it must wait. */
export function installAlone(folder, work) {
  return withInstallLock(folder, printHolder, work);
}

function printHolder(pid) {
  process.stderr.write(
    `Another process (pid ${pid}) installs packages here; waiting until it has finished …\n`,
  );
}
