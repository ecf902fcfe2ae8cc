import type { ServerProcess } from './server-process.js';

/** Milliseconds within which a server ends after a signal; one that ignores the signal never ends. */
export const SOON_MS = 60_000;

/** Waits until the server has logged the text. */
export const waitForLine = (server: ServerProcess, text: string) =>
  server.until(() => (server.stdout.includes(text) ? text : undefined));

/** Sends the signal; answers the exit code, and the milliseconds until the server has ended. */
export async function timeExit(server: ServerProcess, signal: () => unknown) {
  const begun = performance.now();
  signal();
  const { code } = await server.exited;
  return { code, milliseconds: performance.now() - begun };
}
