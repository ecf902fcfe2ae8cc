import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Server, Socket } from 'socket.io';
import { guardListener } from '../../application/guard-listener.js';
import { OpenWork } from '../../application/open-work.js';
import { closeConnection } from './close-connection.js';
import { closeNow, type Connection, engineOf } from './engine-connection.js';
import { refuseWhileDraining } from './refuse-while-draining.js';
import { SocketIoRoomEmitter } from './socket-io-room-emitter.js';

/** Milliseconds for a socket's own events to be answered and for what was published to be written to it. */
const FINISH_LIMIT = 2_000;
/** Milliseconds over which the ends of many sockets are spread: one each, so long at most, in slices of so long. */
const SPREAD = 1_000;
const SLICE = 20;

/** Sends every socket away, by closing its connection: the stock client comes back by itself, to another node or later. */
@Injectable()
export class SocketDrain {
  private server: Server | undefined;

  constructor(
    private readonly work: OpenWork,
    private readonly emitter: SocketIoRoomEmitter,
  ) {}

  /** Called by the adapter when the server exists. */
  attach(server: Server): void {
    this.server = server;
    refuseWhileDraining(server, this.work);
    engineOf(server).on(
      'connection',
      guardListener(async (connection) => {
        // Its handshake was let through just before.
        if (this.work.isDraining) await closeConnection(connection);
      }, closeNow),
    );
  }

  /** Resolves when no connection is left, three seconds later at most, whatever their peers do. */
  async close(): Promise<void> {
    if (!this.server) return;
    const connections = Object.values(engineOf(this.server).clients);
    const sockets = socketsByConnection(this.server);
    const spread = Math.min(SPREAD, connections.length);
    const late = delay(FINISH_LIMIT, undefined, { ref: false });
    await Promise.all(
      connections.map(async (connection) => {
        await delay(Math.floor((Math.random() * spread) / SLICE) * SLICE);
        await Promise.race([late, this.finished(sockets.get(connection) ?? [])]);
        await closeConnection(connection, late);
      }),
    );
  }

  private async finished(sockets: readonly Socket[]): Promise<void> {
    await Promise.all(sockets.map((socket) => this.work.done(socket)));
    await this.emitter.written();
  }
}

function socketsByConnection({ _nsps: namespaces }: Server): Map<Connection, Socket[]> {
  const all = [...namespaces.values()].flatMap(({ sockets }) => [...sockets.values()]);
  return Map.groupBy(all, ({ conn }) => conn as unknown as Connection);
}
