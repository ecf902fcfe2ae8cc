import { spawnSync } from 'node:child_process';

/** Runs pnpm, whatever has started us, and says whether it has succeeded. What it says goes to standard error. */
export function runPnpm(options, cwd) {
  const { npm_execpath: runner = '' } = process.env;
  // Without pnpm that of npx, first the one that it has: a registry that is not reached keeps it waiting for minutes.
  const ways = /pnpm[^/]*$/.test(runner)
    ? [[runner]]
    : [
        ['npx', '-y', '--offline', 'pnpm@12'],
        ['npx', '-y', 'pnpm@12'],
      ];
  return ways.some(
    ([command, ...first]) =>
      spawnSync(command, [...first, ...options], { cwd, stdio: ['ignore', 2, 2] }).status === 0,
  );
}
