import type { Observable } from '../api/observable.ts';

/** An observable that its owner changes. */
export interface Store<T> extends Observable<T> {
  set(value: T): void;
}

/** Subscribers are told once per microtask, however often the value changes. */
export function createStore<T>(initial: T): Store<T> {
  let value = initial;
  let isTold = true;
  const watchers = new Set<() => void>();
  return {
    getSnapshot: () => value,
    subscribe(onChange) {
      // The same function may subscribe twice.
      const watcher = (): void => onChange();
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      if (isTold) {
        queueMicrotask(() => {
          isTold = true;
          for (const watcher of watchers) watcher();
        });
      }
      isTold = false;
    },
  };
}
