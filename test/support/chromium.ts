import { type Browser, chromium } from 'playwright-core';
import { inject } from 'vitest';

/** Starts the browser that the global setup has found. */
export async function launchChromium(): Promise<Browser> {
  const program = inject('chromium');
  if ('problem' in program) throw new Error(program.problem);
  return chromium.launch({
    executablePath: program.executable,
    env: { ...process.env, ...program.environment },
    // Root, and most containers, may not create the name spaces that a sandbox is made of.
    chromiumSandbox: false,
  });
}
