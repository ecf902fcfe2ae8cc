import { setInterval as every } from 'node:timers/promises';

/** Polls until there is a value; fails after `limit` milliseconds. */
export async function waitUntil<T>(
  what: string,
  ask: () => T | undefined | false | Promise<T | undefined | false>,
  limit = 30_000,
): Promise<T> {
  const deadline = Date.now() + limit;
  for await (const _ of every(10)) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) break;
  }
  throw new Error(`not within ${limit} ms: ${what}`);
}
