import type { Awaitable, KeyValueStorage, LogEntry } from '../ports.ts';

/** A storage that is full, forbidden or broken must not stop the client: what it does not take is kept in memory. */
export function guardedStorage(
  storage: KeyValueStorage,
  log: (entry: LogEntry) => void,
): Required<KeyValueStorage> {
  const seen = new Map<string, string | null>();
  const unsaved = new Set<string>();
  let isLogged = false;
  const noteFault = (): void => {
    if (!isLogged) log({ level: 'warn', event: 'storage-failed' });
    isLogged = true;
  };
  async function change(key: string, value: string | null, act: () => Awaitable<void>): Promise<void> {
    seen.set(key, value);
    unsaved.add(key);
    try {
      await act();
      if (seen.get(key) === value) unsaved.delete(key);
    } catch {
      noteFault();
    }
  }
  return {
    async get(key) {
      if (!unsaved.has(key)) {
        try {
          const value = await storage.get(key);
          if (!unsaved.has(key)) seen.set(key, value);
        } catch {
          noteFault();
        }
      }
      return seen.get(key) ?? null;
    },
    set: (key, value) => change(key, value, () => storage.set(key, value)),
    delete: (key) => change(key, null, () => storage.delete(key)),
    watch(onChange) {
      try {
        return storage.watch?.(onChange) ?? (() => undefined);
      } catch {
        noteFault();
        return () => undefined;
      }
    },
  };
}
