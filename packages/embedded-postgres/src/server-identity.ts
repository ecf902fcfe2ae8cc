import { readFile, readlink } from 'node:fs/promises';

import { run } from './run.ts';

/** Whether the living process `pid` is a PostgreSQL on this database folder (and not a recycled pid). */
export async function isServerOf(databaseFolder: string, pid: number): Promise<boolean> {
  if (process.platform !== 'linux') {
    const { stdout } = await run(['ps', '-ww', '-o', 'command=', '-p', String(pid)]);
    return stdout.includes(`-D ${databaseFolder} `);
  }
  // a server works in its database folder; cwd can be hidden from us, the arguments cannot
  const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => '');
  if (cwd === databaseFolder) return true;
  const words = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0');
  return words.some((word, at) => word === databaseFolder && words[at - 1] === '-D');
}
