import { isPromise } from '../defaults/at-once.ts';
import { parseMap } from '../sync/kept-map.ts';
import type { Scope } from '../sync/scope.ts';

/** Keys of which each tab takes one, so that tabs which write at the same time do not meet. */
const PLACES = 8;

/**
 * What waits for the lock of a map that all tabs share: it is in the storage at once, so that a reload loses nothing. Only a
 * synchronous storage has one.
 */
export interface Journal<T> {
  /** @returns whether it is in the storage */
  readonly put: (id: string, value: T) => boolean;
  readonly delete: (id: string) => void;
  /** What is in the journals of all tabs. */
  readonly read: () => Map<string, T>;
  /** Deletes that of a user. */
  readonly forget: (userId: string) => void;
}

export function createJournal<T>({ storage, key }: Pick<Scope, 'storage' | 'key'>, name: string): Journal<T> {
  const own = Math.floor(Math.random() * PLACES);
  const keys = (userId?: string): string[] =>
    Array.from({ length: PLACES }, (_, place) => key(`${name}:${place}`, userId));

  function entriesAt(place: string): Map<string, T> | null {
    const text = storage.get(place);
    return isPromise(text) ? null : parseMap<T>(text);
  }

  return {
    put(id, value) {
      const place = keys()[own] ?? '';
      const entries = entriesAt(place);
      return entries !== null && !isPromise(storage.set(place, JSON.stringify([...entries.set(id, value)])));
    },
    delete(id) {
      for (const place of keys()) {
        const entries = entriesAt(place);
        if (!entries) return;
        if (!entries.delete(id)) continue;
        if (entries.size > 0) void storage.set(place, JSON.stringify([...entries]));
        else void storage.delete(place);
      }
    },
    read: () => new Map(keys().flatMap((place) => [...(entriesAt(place) ?? [])])),
    forget: (userId) => keys(userId).forEach((place) => void storage.delete(place)),
  };
}
