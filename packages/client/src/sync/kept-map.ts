import type { Scope } from './scope.ts';

/** Milliseconds that a tab waits for others to write. */
const LOCK_WAIT = 2_000;

/** A map that all tabs of a user share. */
export interface KeptMap<T> {
  readonly read: () => Promise<Map<string, T>>;
  /** Changes that of who is signed in, if nothing else is said. Resolves when it is kept. Never rejects. */
  readonly change: (edit: (entries: Map<string, T>) => void, userId?: string) => Promise<void>;
  /** Calls back when another tab has changed it. */
  readonly watch: (onChange: () => void) => () => void;
  /** Deletes that of a user. */
  readonly forget: (userId: string) => void;
}

export function createKeptMap<T>(
  { storage, locks, key: keyOf }: Pick<Scope, 'storage' | 'locks' | 'key'>,
  name: string,
): KeptMap<T> {
  const key = (): string => keyOf(name);
  let edits: [key: string, edit: (entries: Map<string, T>) => void][] = [];
  let writing = Promise.resolve();

  const readFrom = async (place: string): Promise<Map<string, T>> => parseMap(await storage.get(place));

  /** Several changes are written at once when they come faster than that. */
  async function write(): Promise<void> {
    const place = edits[0]?.[0];
    if (place === undefined) return;
    await locks.withLock(place, LOCK_WAIT, async () => {
      const entries = await readFrom(place);
      const mine = edits.filter(([one]) => one === place);
      edits = edits.filter(([one]) => one !== place);
      for (const [, edit] of mine) edit(entries);
      if (entries.size > 0) await storage.set(place, JSON.stringify([...entries]));
      else await storage.delete(place);
    });
  }

  return {
    read: () => readFrom(key()),
    change(edit, userId) {
      edits.push([keyOf(name, userId), edit]);
      writing = writing.then(write).catch(() => undefined);
      return writing;
    },
    watch: (onChange) => storage.watch((changed) => (changed === null || changed === key()) && onChange()),
    forget(userId) {
      const place = keyOf(name, userId);
      // What waits to be written must not come after it.
      edits = edits.filter(([one]) => one !== place);
      void storage.delete(place);
    },
  };
}

/** Empty when somebody else has written something else there. */
export function parseMap<T>(text: string | null): Map<string, T> {
  try {
    return new Map(JSON.parse(text ?? '[]') as [string, T][]);
  } catch {
    return new Map();
  }
}
