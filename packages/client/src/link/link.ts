import type { CallInput } from '../api/call.ts';
import type { ConnectionState } from '../api/connection-state.ts';
import type { Observable } from '../api/observable.ts';
import type { ClientEvents, Routes, ServerEvents } from '../contract.ts';
import type { CauserieError } from '../errors/causerie-error.ts';

/** What the server says when it has accepted a socket. */
export type Ready = ServerEvents['ready'];
/** The newest state of all conversations. */
export type Heads = ClientEvents['join_all']['data'];

/** The way to the server: requests with the token, and one socket at most. */
export interface Link {
  /** HTTP with token; refreshes and repeats once after TOKEN_EXPIRED; rejects with CauserieError. Does not wait for the network. */
  call<R extends keyof Routes>(route: R, input?: CallInput<R>): Promise<Routes[R]['answer']>;
  /** Sends a socket event; rejects with CauserieError (NETWORK at once when there is no open socket; TIMEOUT after 10 s). */
  emit<E extends keyof ClientEvents>(
    event: E,
    payload: ClientEvents[E]['payload'],
  ): Promise<ClientEvents[E]['data']>;
  /** Events of the server, of all conversations, in the order of arrival; also those that this version does not know. */
  onEvent(listener: (name: string, payload: unknown) => void): () => void;
  /** Called after `ready` and `join_all`; the state is `catching-up` until the promises of all listeners have settled. */
  onOnline(listener: (heads: Heads, ready: Ready) => Promise<void>): () => void;
  /**
   * Called when another user signs in, or nobody is signed in any more: everything in memory must go. After a logout `forget`
   * is true: what is kept of the user before must go, too, unsent messages included.
   */
  onAccount(listener: (userId: string | null, forget: boolean) => void): () => void;
  readonly connection: Observable<ConnectionState>;
  /** Keeps the socket open while at least one holder exists; returns the release, which takes effect after 1 s. */
  connect(): () => void;
  /** One gate for the whole client after `RATE_LIMITED`: resolves when sending may go on. */
  untilAllowed(): Promise<void>;
  /** Closes the gate when the error says how long to wait. */
  noteRefusal(error: CauserieError): void;
  close(): Promise<void>;
}
