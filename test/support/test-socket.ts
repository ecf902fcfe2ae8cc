import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import type { AnswerBody } from './answer-body.js';
import { checkEmitted, checkSent } from './frames.js';
import { WatchedLog } from './watched-log.js';

type Payload = Record<string, unknown>;

/**
 * The stock Socket.IO client with what tests need: it records events from the start, and awaits them without sleeping.
 */
export class TestSocket {
  private readonly received: { event: string; payload: unknown }[] = [];
  private readonly watchers = new Set<() => void>();

  private constructor(
    readonly client: Socket,
    private readonly log: WatchedLog | undefined,
    private readonly isChat: boolean,
  ) {
    client.onAny((event: string, payload: unknown) => {
      this.received.push({ event, payload });
      if (this.isChat) checkEmitted(event, payload);
      for (const watcher of this.watchers) watcher();
    });
  }

  /**
   * Connects to `/chat`, or to another namespace, and resolves when the server has emitted `ready`; rejects with the
   * `connect_error`.
   */
  static async connect(
    url: string,
    token: string,
    options: Partial<ManagerOptions & SocketOptions> = {},
    namespace = '/chat',
  ): Promise<TestSocket> {
    const log = WatchedLog.ofServer.get(url);
    log?.watch(token, undefined);
    const client = io(url + namespace, {
      auth: { token },
      forceNew: true,
      transports: ['websocket'],
      reconnection: false,
      ...options,
    });
    const socket = new TestSocket(client, log, namespace === '/chat');
    const { promise, reject } = Promise.withResolvers<never>();
    client.once('connect_error', reject);
    await Promise.race([promise, socket.waitFor('ready', 1)]);
    return socket;
  }

  /** All events so far, in the order of their arrival. */
  everything(): readonly { readonly event: string; readonly payload: object }[] {
    return this.received.map(({ event, payload }) => ({ event, payload: payload as object }));
  }

  /** All payloads of an event so far, in the order of their arrival. */
  all<T = Payload>(event: string): T[] {
    return this.received.filter((entry) => entry.event === event).map(({ payload }) => payload as T);
  }

  /** Waits for the first `count` payloads of an event; a missing one fails by the test's time limit. */
  async waitFor<T = Payload>(event: string, count: number): Promise<T[]> {
    if (this.all(event).length < count) {
      await new Promise<void>((resolve) => {
        const watcher = (): void => {
          if (this.all(event).length < count) return;
          this.watchers.delete(watcher);
          resolve();
        };
        this.watchers.add(watcher);
      });
    }
    return this.all<T>(event).slice(0, count);
  }

  /** Sends an event and resolves with its acknowledgement. */
  async emit(event: string, ...args: unknown[]): Promise<Ack> {
    this.log?.watch(undefined, args[0]);
    const ack = (await this.client.timeout(10_000).emitWithAck(event, ...args)) as Ack;
    if (this.isChat) checkSent(event, args[0], ack);
    return ack;
  }

  /**
   * Resolves when everything that the server sent before has arrived: an answer arrives after it on the same
   * connection.
   */
  async settle(): Promise<void> {
    await this.emit('leave_room', { conversationId: '00000000-0000-4000-8000-000000000000' });
  }

  /**
   * Resolves when the server has received everything sent before: it refuses another namespace after the events in
   * flight.
   */
  async reached(): Promise<void> {
    const elsewhere = this.client.io.socket('/nowhere');
    await new Promise((resolve) => void elsewhere.once('connect_error', resolve));
    elsewhere.disconnect();
  }

  close(): void {
    this.client.disconnect();
  }
}

/** `data` is present when `ok` is true, `error` when it is false. */
export interface Ack {
  readonly ok: boolean;
  readonly data: AnswerBody;
  readonly error?: {
    readonly code: string;
    readonly message: string;
    readonly statusCode: number;
    readonly details?: readonly { path: string; message: string }[];
    readonly retryAfterMs?: number;
    readonly outcome?: 'unknown';
  };
}
