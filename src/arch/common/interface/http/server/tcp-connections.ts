import type { Server as HttpServer } from 'node:http';
import { Server, type Socket } from 'node:net';
import { Injectable } from '@nestjs/common';
import { guardListener } from '../../../application/guard-listener.js';

/** Milliseconds for what has just been written to leave, and for requests that are not whole to become so. */
const LINGER = 250;

/** Every TCP connection of this process's clients: also those that Node forgets when they ask for an upgrade. */
@Injectable()
export class TcpConnections {
  private readonly open = new Set<Socket>();
  private readonly listeners: Server[] = [];
  private server: HttpServer | undefined;
  private whenGone: (() => void) | undefined;

  /** The server that answers, and whatever else listens and gives it its connections. */
  watchServers(server: HttpServer, ...others: Server[]): void {
    this.server = server;
    this.listeners.push(server, ...others);
    const forget = (socket: Socket): void => this.forgetSocket(socket);
    // One listener for all: an idle socket is what there is most of.
    const gone = guardListener(function (this: Socket) {
      forget(this);
    });
    server.on(
      'connection',
      guardListener(
        (socket: Socket) => {
          this.open.add(socket);
          socket.once('close', gone);
        },
        (socket) => void socket.destroy(),
      ),
    );
  }

  /** Nobody gets in any more; who is connected stays, and so do the time-outs, which HTTP's own `close` would stop. */
  stopListening(): void {
    for (const listener of this.listeners) {
      if (listener.listening) Server.prototype.close.call(listener);
    }
  }

  /** Ends every connection: those that wait for nothing at once, the others a moment later whatever they do. */
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
