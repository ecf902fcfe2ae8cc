import { setTimeout as delay } from 'node:timers/promises';
import type { Observable } from '@causerie/client';

/** Milliseconds between two comparisons. */
const INTERVAL = 250;

/** Resolves when a snapshot fits. */
export function until<T>(observable: Observable<T>, fits: (snapshot: T) => boolean): Promise<void> {
  if (fits(observable.getSnapshot())) return Promise.resolve();
  const { promise, resolve } = Promise.withResolvers<void>();
  const end = observable.subscribe(() => {
    if (!fits(observable.getSnapshot())) return;
    end();
    resolve();
  });
  return promise;
}

/** Repeats a comparison until it finds no difference. @returns the last differences, when `limit` milliseconds have passed */
export async function untilSame(
  compare: () => Promise<readonly string[]>,
  limit: number,
): Promise<readonly string[]> {
  const deadline = Date.now() + limit;
  for (;;) {
    const found = await compare().catch((error: unknown) => [String(error)]);
    if (found.length === 0 || Date.now() > deadline) return found;
    await delay(INTERVAL);
  }
}
