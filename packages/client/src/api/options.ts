import type { Clock, KeyValueStorage, Lifecycle, LockProvider, LogEntry, Transport } from '../ports.ts';

/** Tokens come from this server's accounts (`session`), or from your own backend (`token`), which is asked again before they expire. */
export type Auth =
  | { readonly kind: 'session' }
  | { readonly kind: 'token'; getToken(reason: 'start' | 'expiring' | 'refused'): Promise<string> };

/** Everything has a default; in a browser none is needed. */
export interface ClientOptions {
  /** Address of the server; a path prefix is kept. Default: the page's origin. Required outside of a browser. */
  readonly url?: string | URL;
  /** Where tokens come from. Default: `session`. */
  readonly auth?: Auth;
  /** Where tokens, unsent messages, drafts, and how far `on` has come are kept. Default: `memoryStorage()`, which forgets when the page is reloaded. */
  readonly storage?: KeyValueStorage;
  /** Default: `fetch`, and socket.io-client over WebSocket, or else polling. */
  readonly transport?: Transport;
  /** Default: `navigator.locks`, or else one queue per process. */
  readonly locks?: LockProvider;
  /** Default: the events of the page. */
  readonly lifecycle?: Lifecycle;
  /** Tests pass their own. */
  readonly clock?: Clock;
  /** Makes unique ids. Default: `crypto.randomUUID`, or else `crypto.getRandomValues`. */
  readonly newId?: () => string;
  /** Never gets contents, names or tokens. */
  readonly log?: (entry: LogEntry) => void;
  /** Bounds of what is kept in memory. */
  readonly limits?: Partial<ClientLimits>;
}

/** Bounds of what is kept in memory. */
export interface ClientLimits {
  /** Messages per page. Default: 50. */
  readonly pageSize: number;
  /** Messages that a timeline keeps at most. Default: 300. */
  readonly windowRows: number;
  /** Unsent messages. Default: 500. */
  readonly outbox: number;
  /** Timelines that stay in memory when nobody observes them. Default: 30. */
  readonly timelines: number;
}
