import { createStore, type Store } from './create-store.ts';

/** A store for each key, made when it is asked for. */
export interface Keyed<T> {
  readonly of: (key: string) => Store<T>;
  /** Everything is as at the beginning. */
  readonly clear: () => void;
}

export function createKeyed<T>(initial: T): Keyed<T> {
  const stores = new Map<string, Store<T>>();
  return {
    of(key) {
      const store = stores.get(key) ?? createStore(initial);
      stores.set(key, store);
      return store;
    },
    clear: () => stores.forEach((store) => store.set(initial)),
  };
}
