import type { Server as HttpServer } from 'node:http';
import { Server, type Socket } from 'node:net';
import { Injectable } from '@nestjs/common';
import { guardListener } from '../../../application/guard-listener.js';

/** Milliseconds for pending writes to be sent, and for incomplete requests to arrive. */
const LINGER = 250;

/** All TCP connections of this process's clients, including upgraded ones, which Node no longer tracks. */
@Injectable()
export class TcpConnections {
  private readonly open = new Set<Socket>();
  private readonly listeners: Server[] = [];
  private server: HttpServer | undefined;
  private whenGone: (() => void) | undefined;

  /** Tracks the server that answers, and others that listen and pass their connections to it. */
  watchServers(server: HttpServer, ...others: Server[]): void {
    this.server = server;
    this.listeners.push(server, ...others);
    const forget = (socket: Socket): void => this.forgetSocket(socket);
    // All connections share one listener, because most are idle sockets.
    const gone = guardListener(function (this: Socket) {
      forget(this);
    });
    server.on(
      'connection',
      guardListener(
        (socket: Socket) => {
          this.open.add(socket);
          socket.on('close', gone);
        },
        (socket) => void socket.destroy(),
      ),
    );
  }

  /**
   * Stops accepting connections; existing ones stay open, and so do their timeouts, which HTTP's own `close` would
   * stop.
   */
  stopListening(): void {
    for (const listener of this.listeners) {
      if (listener.listening) Server.prototype.close.call(listener);
    }
  }

  /** Closes every connection: idle ones at once, the others after a short time, whatever they do. */
  async closeConnections(): Promise<void> {
    this.stopListening();
    this.server?.closeIdleConnections();
    if (this.open.size === 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.whenGone = resolve;
    const cut = guardListener(() => {
      for (const socket of this.open) socket.destroy();
    });
    const timer = setTimeout(cut, LINGER);
    await promise;
    clearTimeout(timer);
  }

  private forgetSocket(socket: Socket): void {
    this.open.delete(socket);
    if (this.open.size === 0) this.whenGone?.();
  }
}
