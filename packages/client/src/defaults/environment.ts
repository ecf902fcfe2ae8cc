/** What tells events. */
interface EventSource {
  addEventListener(name: string, listener: (event: never) => void): void;
  removeEventListener(name: string, listener: (event: never) => void): void;
}

export interface Channel extends EventSource {
  postMessage(data: unknown): void;
  close(): void;
}

/** What this library uses of its surroundings; all of it may be missing. Read when it is needed, never while modules are loaded. */
export interface Environment extends Partial<EventSource> {
  readonly location?: { readonly origin: string };
  readonly document?: EventSource & { readonly visibilityState: string };
  readonly navigator?: {
    readonly locks?: { request(name: string, work: () => Promise<void>): Promise<void> };
  };
  /** Using it throws where there is none, as reading it does where it is forbidden: who uses it has to catch that. */
  readonly localStorage: {
    getItem(key: string): string | null;
    setItem(key: string, value: string): void;
    removeItem(key: string): void;
  };
  /** The same. */
  readonly indexedDB: IndexedDatabases;
  readonly BroadcastChannel?: new (name: string) => Channel;
  readonly crypto?: { randomUUID?(): string; getRandomValues(bytes: Uint8Array): Uint8Array };
}

export interface StoreRequest<T> {
  readonly result: T;
  readonly error: unknown;
}

export interface ObjectStore {
  get(key: string): StoreRequest<string | undefined>;
  put(value: string, key: string): StoreRequest<unknown>;
  delete(key: string): StoreRequest<unknown>;
}

export interface Database extends EventSource {
  createObjectStore(name: string): unknown;
  transaction(name: string, mode: 'readonly' | 'readwrite'): Transaction;
  close(): void;
}

interface Transaction extends EventSource {
  readonly error: unknown;
  objectStore(name: string): ObjectStore;
}

interface IndexedDatabases {
  open(name: string, version: number): StoreRequest<Database> & EventSource;
}

export const environment = (): Environment => globalThis as unknown as Environment;

/** Listens to several events of one source, if there is one. Returns how to end it. */
export function listen(
  source: Partial<EventSource> | null | undefined,
  listeners: Readonly<Record<string, (event: never) => void>>,
): () => void {
  for (const name in listeners) source?.addEventListener?.(name, listeners[name] as () => void);
  return () => {
    for (const name in listeners) source?.removeEventListener?.(name, listeners[name] as () => void);
  };
}
