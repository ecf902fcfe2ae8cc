import type { Ack } from './contract.ts';

/** A value, or the promise of one. */
export type Awaitable<T> = T | PromiseLike<T>;

/** Texts by key, in one place for all tabs that share it. Values are JSON texts of the client. */
export interface KeyValueStorage {
  /** @returns null when the key has no value */
  get(key: string): Awaitable<string | null>;
  /** Replaces the value of a key. */
  set(key: string, value: string): Awaitable<void>;
  /** Forgets a key. */
  delete(key: string): Awaitable<void>;
  /**
   * Calls back when another tab or process has changed a key, and maybe after one's own changes; null when any key may have
   * changed. Returns how to end it.
   */
  watch?(onChange: (key: string | null) => void): () => void;
}

/** One HTTP exchange. */
export interface HttpRequest {
  /** In capitals. */
  readonly method: string;
  /** The absolute address. */
  readonly url: string;
  /** By their names. */
  readonly headers: Readonly<Record<string, string>>;
  /** A JSON text, or a form with a file. */
  readonly body?: string | FormData;
  /** Maximum milliseconds until the whole answer is there. */
  readonly timeoutMs: number;
  /** Whether the request should outlive the page. */
  readonly keepalive?: boolean;
}

/** Any answer, also one that reports an error. */
export interface HttpAnswer {
  /** The status of the answer. */
  readonly status: number;
  /** @returns null when the answer has no such header */
  header(name: string): string | null;
  /** The parsed JSON; null when there is none. */
  readonly body: unknown;
}

/** What a socket reports; `onClose` comes once, and nothing after it. */
export interface SocketListener {
  /** The server has emitted an event. */
  onEvent(name: string, payload: unknown): void;
  /** `refusal` is there when the server has refused the handshake for good: repeating it as it is would not help. */
  onClose(reason: string, refusal?: { readonly code: string; readonly message: string }): void;
}

/** One connection: it never reconnects by itself. */
export interface TransportSocket {
  /** Sends an event. Rejects with a `CauserieError` `TIMEOUT` or `NETWORK` when no acknowledgement comes. */
  emit(event: string, payload: unknown, timeoutMs: number): Promise<Ack<unknown>>;
  /** Ends the connection. */
  close(): void;
}

/** The way to the server. */
export interface Transport {
  /** Resolves with any answer. Rejects with a `CauserieError` `NETWORK` or `TIMEOUT` when there is none. */
  request(request: HttpRequest): Promise<HttpAnswer>;
  /** Opens a socket of the namespace `/chat`. @param url of the server, with its path prefix. */
  openSocket(url: string, token: string, listener: SocketListener): TransportSocket;
  /** Ends the requests in flight, when the client is closed. */
  close?(): void;
}

/** Mutual exclusion between tabs. */
export interface LockProvider {
  /**
   * Runs `work` while no other tab runs one of the same name. When the lock does not come within `waitMs` it runs without it:
   * a lost lock must never hang the client.
   */
  withLock<T>(name: string, waitMs: number, work: () => Promise<T>): Promise<T>;
}

/** Whether people can see the page, and whether the machine has a network. */
export interface Lifecycle {
  /** True while the page is visible; always true outside of a browser. */
  isVisible(): boolean;
  /** Calls back at each change. Returns how to end it. `resumed`: back from the back-forward cache, or from a frozen state. */
  watch(onChange: (change: 'visible' | 'hidden' | 'online' | 'offline' | 'resumed') => void): () => void;
}

/** Time and timers. */
export interface Clock {
  /** Milliseconds of a clock that is never set back; its zero has no meaning. */
  now(): number;
  /** Milliseconds since 1970, of the device's clock. */
  wallTime(): number;
  /** Returns how to cancel it. */
  setTimer(delayMs: number, run: () => void): () => void;
}

/** What the client logs: never contents, names or tokens. */
export interface LogEntry {
  /** How much it matters. */
  readonly level: 'debug' | 'warn';
  /** What has happened. */
  readonly event: string;
  /** The code of an error. */
  readonly code?: string;
  /** The conversation that it is about. */
  readonly conversationId?: string;
  /** How long it took. */
  readonly ms?: number;
}
