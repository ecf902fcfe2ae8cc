import { type Browser, chromium, webkit } from 'playwright-core';
import type { ProvidedContext } from 'vitest';

/** Starts the browser; throws when none was found. */
export async function launchChromium(program: ProvidedContext['chromium']): Promise<Browser> {
  if ('problem' in program) throw new Error(program.problem);
  return (program.isWebKit === true ? webkit : chromium).launch({
    executablePath: program.executable,
    env: { ...process.env, ...program.environment },
    // Root, and most containers, may not create the name spaces that a sandbox is made of.
    chromiumSandbox: false,
  });
}
