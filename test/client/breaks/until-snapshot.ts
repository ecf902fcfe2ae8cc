import type { Observable } from '@causerie/client';

/** Resolves with the first snapshot that fits; rejects after `limit` milliseconds, with what there was instead. */
export function untilSnapshot<T>(
  what: string,
  observable: Observable<T>,
  fits: (snapshot: T) => boolean,
  limit = 90_000,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const check = (): void => {
      const snapshot = observable.getSnapshot();
      if (!fits(snapshot)) return;
      clearTimeout(timer);
      end();
      resolve(snapshot);
    };
    const timer = setTimeout(() => {
      end();
      reject(new Error(`not within ${limit} ms: ${what}, but ${describe(observable.getSnapshot())}`));
    }, limit);
    const end = observable.subscribe(check);
    check();
  });
}

/** Without contents, of which there may be thousands. */
const describe = (snapshot: unknown): string =>
  JSON.stringify(snapshot, (name, value: unknown) =>
    name === 'items' && Array.isArray(value) ? value.length : value,
  );
