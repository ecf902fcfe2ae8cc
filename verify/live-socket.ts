import { io, type Socket } from 'socket.io-client';
import type { Account } from './account.ts';
import type { WireError } from './wire.ts';

/** Milliseconds until the answer to an event times out on an open connection. */
const ANSWER_LIMIT = 30_000;

/** `lost`: the connection ended before the answer. `timeout`: the connection is open, but no answer was received. */
export type SocketAnswer =
  | { readonly kind: 'ok'; readonly data: unknown }
  | { readonly kind: 'error'; readonly error: WireError }
  | { readonly kind: 'lost' | 'timeout' };

export interface SocketWatcher {
  onConnect(): void;
  onDisconnect(): void;
  onEvent(event: string, payload: unknown): void;
}

let connections = 0;

/** The stock client, which reconnects by itself, with methods that break its connection. */
export class LiveSocket {
  /** Number of the current connection, from 1; each reconnect gets another. 0 while disconnected. */
  connection = 0;
  private readonly socket: Socket;
  private closed = false;

  constructor(account: Account, watcher: SocketWatcher) {
    this.socket = io(`${account.api.socketUrl}/chat`, {
      auth: (hand) =>
        void account.token().then(
          (token) => hand({ token }),
          () => hand({}),
        ),
      forceNew: true,
      autoConnect: false,
      transports: ['websocket'],
      reconnectionDelay: 20,
      reconnectionDelayMax: 500,
    });
    this.socket.on('connect', () => {
      connections += 1;
      this.connection = connections;
      watcher.onConnect();
    });
    this.socket.on('disconnect', (reason) => {
      this.connection = 0;
      watcher.onDisconnect();
      // The stock client does not reconnect by itself when the server has disconnected it.
      if (reason === 'io server disconnect') this.reconnect();
    });
    this.socket.on('connect_error', () => {
      if (!this.socket.active) setTimeout(() => this.reconnect(), 500);
    });
    this.socket.onAny((event: string, payload: unknown) => watcher.onEvent(event, payload));
  }

  /** Connects. Resolves when the first connection is open. */
  async open(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.socket.once('connect', resolve);
    this.socket.connect();
    await promise;
  }

  /** Emits an event without delay, in the order of the calls, and waits for its acknowledgement. */
  async emitWithAck(event: string, payload: object): Promise<SocketAnswer> {
    if (!this.socket.connected) return { kind: 'lost' };
    const { connection } = this;
    try {
      const ack: unknown = await this.socket.timeout(ANSWER_LIMIT).emitWithAck(event, payload);
      const { ok, data, error } = ack as { ok: boolean; data: unknown; error: WireError };
      return ok ? { kind: 'ok', data } : { kind: 'error', error };
    } catch {
      return { kind: connection === this.connection ? 'timeout' : 'lost' };
    }
  }

  /**
   * Ends the connection: `tcp` destroys the TCP socket with all that is buffered, `engine` closes the engine.io
   * connection, `goodbye` disconnects the namespace.
   */
  drop(how: 'tcp' | 'engine' | 'goodbye'): void {
    const { engine } = this.socket.io;
    if (how === 'goodbye') {
      this.socket.disconnect();
      this.reconnect();
    }
    if (how === 'engine') engine?.close();
    if (how === 'tcp')
      (engine?.transport as unknown as { ws?: { terminate(): void } } | undefined)?.ws?.terminate();
  }

  close(): void {
    this.closed = true;
    this.socket.disconnect();
  }

  private reconnect(): void {
    if (!this.closed) this.socket.connect();
  }
}
