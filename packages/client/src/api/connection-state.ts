import type { CauserieError } from '../errors/causerie-error.ts';

/** What the socket is doing. */
export type ConnectionState =
  /** Nobody holds the connection. */
  | { readonly status: 'idle' }
  | { readonly status: 'connecting'; readonly attempt: number }
  /** Connected; what was missed is being read. */
  | { readonly status: 'catching-up' }
  | { readonly status: 'online' }
  | {
      readonly status: 'offline';
      readonly cause: 'network' | 'server' | 'closing';
      /** When the next attempt begins, by the clock of the client. */
      readonly retryAt: number;
    }
  /** The server does not want this client, as it is. */
  | { readonly status: 'refused'; readonly error: CauserieError; readonly retryAt: number | null }
  | {
      readonly status: 'signed-out';
      /** Why, of the server; null after a logout. */
      readonly code: string | null;
    };
