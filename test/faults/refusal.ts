import { expect } from 'vitest';
import { ServerProcess } from './server-process.js';

/** Runs a program that must refuse to start: one line, no stack, status 1. Returns the line. */
export async function refusal(
  ...[variables, options]: Parameters<typeof ServerProcess.run>
): Promise<string> {
  const { status, stdout, stderr } = await ServerProcess.run(variables, options);
  expect(stderr).toMatch(/^[^\n]{10,900}\n$/);
  expect(stderr).not.toMatch(/Error:|node:|\.js:/);
  expect(stdout).not.toMatch(/"level":[56]0|\bat .*\.js:/);
  expect(status).toBe(1);
  return stderr.trimEnd();
}
