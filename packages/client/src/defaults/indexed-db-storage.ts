import type { KeyValueStorage } from '../ports.ts';
import {
  type Channel,
  type Database,
  environment,
  listen,
  type ObjectStore,
  type StoreRequest,
} from './environment.ts';

const STORE = 'values';

/** IndexedDB: shared by the tabs of an origin, kept, and larger than `localStorage`. */
export function indexedDbStorage(name = 'causerie'): KeyValueStorage {
  let opening: Promise<Database> | null = null;
  const forget = (): void => void (opening = null);

  async function run<T>(
    mode: 'readonly' | 'readwrite',
    work: (store: ObjectStore) => StoreRequest<T>,
  ): Promise<T> {
    opening ??= openDatabase(name, forget);
    opening.catch(forget);
    const database = await opening;
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = work(transaction.objectStore(STORE));
      listen(transaction, {
        complete: () => resolve(request.result),
        abort: () => reject(faultOf(transaction)),
      });
    });
  }
  async function change(key: string, work: (store: ObjectStore) => StoreRequest<unknown>): Promise<void> {
    await run('readwrite', work);
    const channel = openChannel(name);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    channel?.postMessage(key);
    channel?.close();
  }

  return {
    get: async (key) => (await run('readonly', (store) => store.get(key))) ?? null,
    set: (key, value) => change(key, (store) => store.put(value, key)),
    delete: (key) => change(key, (store) => store.delete(key)),
    watch(onChange) {
      const channel = openChannel(name);
      listen(channel, { message: ({ data }: { data: string }) => onChange(data) });
      return () => channel?.close();
    },
  };
}

/** The other tabs that use the same database. */
function openChannel(name: string): Channel | null {
  const { BroadcastChannel } = environment();
  return BroadcastChannel ? new BroadcastChannel(name) : null;
}

function openDatabase(name: string, onEnd: () => void): Promise<Database> {
  return new Promise((resolve, reject) => {
    const request = environment().indexedDB.open(name, 1);
    listen(request, {
      upgradeneeded: () => request.result.createObjectStore(STORE),
      error: () => reject(faultOf(request)),
      success() {
        const database = request.result;
        listen(database, {
          close: onEnd,
          // Another tab deletes the database, or opens a later version of it.
          versionchange() {
            database.close();
            onEnd();
          },
        });
        resolve(database);
      },
    });
  });
}

function faultOf({ error }: { readonly error: unknown }): Error {
  return error instanceof Error ? error : new Error(String(error));
}
