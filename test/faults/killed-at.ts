import type { Variables } from './server-process.js';

/**
 * Node loads this file before a program, and kills the process when it is about to rename a file.
 * @param to a pattern for the new path
 */
export function killedAtRename(to: RegExp): Variables {
  const source = `
    import fs from 'node:fs/promises';
    import { syncBuiltinESMExports } from 'node:module';
    const { rename } = fs;
    fs.rename = async (from, to) => {
      if (!${to}.test(to)) return rename(from, to);
      process.kill(process.pid, 'SIGKILL');
      await new Promise(() => undefined);
    };
    syncBuiltinESMExports();`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(source)}` };
}
