import type { Observable } from '../api/observable.ts';

/**
 * A value that is computed from others, when it is asked for and one of them has changed. The snapshot stays the same while
 * what `compute` answers does; it gets the value before, to answer it again where nothing has changed.
 */
export function derived<T>(
  sources: readonly Observable<unknown>[],
  compute: (before: T | undefined) => T,
): Observable<T> {
  let seen: readonly unknown[] | undefined;
  let value: T | undefined;
  function getSnapshot(): T {
    const now = sources.map((source) => source.getSnapshot());
    if (!seen?.every((one, index) => Object.is(one, now[index]))) {
      value = compute(value);
      seen = now;
    }
    return value as T;
  }
  return {
    getSnapshot,
    subscribe(onChange) {
      let told = getSnapshot();
      function check(): void {
        const next = getSnapshot();
        if (Object.is(next, told)) return;
        told = next;
        onChange();
      }
      const ends = sources.map((source) => source.subscribe(check));
      return () => ends.forEach((end) => end());
    },
  };
}

/** The list before, when the other one has the same entries. */
export function sameList<T>(before: readonly T[] | undefined, next: readonly T[]): readonly T[] {
  const isSame = before?.length === next.length && next.every((one, index) => one === before[index]);
  return isSame ? before : next;
}
