import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import type { TestServer, TestUser } from '../../support/test-server.js';
import { signToken } from './sign-token.js';
import { rounds } from '../../support/rounds.js';

/** Number of users who sign up in one statement. */
const AT_ONCE = 200;

/** A WebSocket in `/chat` without the Socket.IO client: cheap enough for thousands, and able to stop reading. */
export class RawListener {
  /** All events except `ready`, as `[name, payload]` in JSON, in the order of arrival. */
  readonly events: string[] = [];
  private readonly watchers = new Set<() => void>();

  private constructor(
    readonly socket: WebSocket,
    readonly id: string,
  ) {
    socket.on('message', (data: Buffer) => {
      const text = data.toString();
      if (text === '2') socket.send('3');
      else if (text.startsWith('42/chat,')) this.events.push(text.slice('42/chat,'.length));
      for (const watcher of this.watchers) watcher();
    });
    socket.on('close', () => {
      for (const watcher of this.watchers) watcher();
    });
    socket.on('error', () => undefined);
  }

  static async join(url: string, token: string): Promise<RawListener> {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, {
      perMessageDeflate: false,
    });
    const { promise: ready, resolve } = Promise.withResolvers<void>();
    let id = '';
    const greet = (data: Buffer): void => {
      const text = data.toString();
      if (text.startsWith('0')) socket.send(`40/chat,${JSON.stringify({ token })}`);
      if (text.startsWith('40/chat,')) ({ sid: id } = JSON.parse(text.slice('40/chat,'.length)));
      if (text.startsWith('42/chat,["ready"')) resolve();
    };
    socket.on('message', greet);
    await ready;
    socket.off('message', greet);
    return new RawListener(socket, id);
  }

  /** Connects so many listeners: one user may have 20 sockets, so each is another user. */
  static async crowd(server: TestServer, user: TestUser, count: number): Promise<RawListener[]> {
    const listeners: RawListener[] = [];
    for (const _ of rounds(Math.ceil(count / AT_ONCE) + 1)) {
      if (listeners.length === count) break;
      const some = Array.from({ length: Math.min(AT_ONCE, count - listeners.length) }, async () =>
        RawListener.join(server.url, await signToken(server, user, { claims: { sub: randomUUID() } })),
      );
      listeners.push(...(await Promise.all(some)));
    }
    return listeners;
  }

  /** Resolves when `count` events have arrived in all; rejects when the connection is closed before. */
  async waitForEvents(count: number): Promise<void> {
    if (this.events.length >= count) return;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const watcher = (): void => {
      if (this.events.length >= count) resolve();
      else if (this.socket.readyState === WebSocket.CLOSED) reject(new Error('The connection has ended.'));
    };
    this.watchers.add(watcher);
    watcher();
    await promise.finally(() => this.watchers.delete(watcher));
  }

  close(): void {
    this.socket.close();
  }
}
