import { readFile, readlink } from 'node:fs/promises';

import { run } from './run.ts';

/** Whether the running process `pid` is a PostgreSQL on this database folder (and not a recycled pid). */
export async function isServerOf(databaseFolder: string, pid: number): Promise<boolean> {
  if (process.platform !== 'linux') {
    const { stdout } = await run(['ps', '-ww', '-o', 'command=', '-p', String(pid)]);
    return stdout.includes(`-D ${databaseFolder} `);
  }
  // A server works in its database folder; its cwd may be hidden from this process, its arguments are not.
  const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => '');
  if (cwd === databaseFolder) return true;
  const words = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0');
  return words.some((word, at) => word === databaseFolder && words[at - 1] === '-D');
}
