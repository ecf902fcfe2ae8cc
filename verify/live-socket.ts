import { io, type Socket } from 'socket.io-client';
import type { Account } from './account.ts';
import type { WireError } from './wire.ts';

/** Milliseconds until the answer to an event is given up on a connection that lives. */
const ANSWER_LIMIT = 30_000;

/** `lost`: the connection ended before the answer; `silent`: it lives, and no answer came. */
export type SocketAnswer =
  | { readonly kind: 'ok'; readonly data: unknown }
  | { readonly kind: 'error'; readonly error: WireError }
  | { readonly kind: 'lost' | 'silent' };

export interface SocketWatcher {
  connected(): void;
  disconnected(): void;
  heard(event: string, payload: unknown): void;
}

let connections = 0;

/** The stock client, which reconnects by itself, with ways to lose its connection. */
export class LiveSocket {
  /** Of the live connection; every reconnect has a new one, from 1. 0 while there is none. */
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
      watcher.connected();
    });
    this.socket.on('disconnect', (reason) => {
      this.connection = 0;
      watcher.disconnected();
      // After this the stock client stays away.
      if (reason === 'io server disconnect') this.reconnect();
    });
    this.socket.on('connect_error', () => {
      if (!this.socket.active) setTimeout(() => this.reconnect(), 500);
    });
    this.socket.onAny((event: string, payload: unknown) => watcher.heard(event, payload));
  }

  /** Resolves when the first connection is there. */
  async open(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.socket.once('connect', resolve);
    this.socket.connect();
    await promise;
  }

  /** Emits at once, in the order of the calls. */
  async ask(event: string, payload: object): Promise<SocketAnswer> {
    if (!this.socket.connected) return { kind: 'lost' };
    const { connection } = this;
    try {
      const ack: unknown = await this.socket.timeout(ANSWER_LIMIT).emitWithAck(event, payload);
      const { ok, data, error } = ack as { ok: boolean; data: unknown; error: WireError };
      return ok ? { kind: 'ok', data } : { kind: 'error', error };
    } catch {
      return { kind: connection === this.connection ? 'silent' : 'lost' };
    }
  }

  /** Loses the connection: the socket torn down with whatever it holds, the engine closed, or a good-bye. */
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
