import { execFile } from 'node:child_process';

import { postgresEnvironment } from './postgres-environment.ts';

export interface RunResult {
  readonly failed: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** Maximum milliseconds of a helper program: initdb syncs a thousand files, which takes long on a slow disk. */
const RUN_TIMEOUT_MS = 120_000;

/** Runs one program to its end; never rejects: a program that cannot be started counts as failed. */
export function run(command: readonly string[]): Promise<RunResult> {
  const [program = '', ...args] = command;
  // `cwd`, because the caller's own folder may be closed to the program's user.
  const options = { cwd: '/', env: postgresEnvironment(), timeout: RUN_TIMEOUT_MS };
  return new Promise((resolve) => {
    execFile(program, args, options, (error, stdout, stderr) => {
      resolve({ failed: error !== null, stdout, stderr: stderr.trim() || (error?.message ?? '') });
    });
  });
}

export function firstLine(text: string): string {
  return text.split('\n', 1)[0]?.trim() ?? '';
}
