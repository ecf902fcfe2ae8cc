import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Server, Socket } from 'socket.io';
import { guardListener } from '../../../application/guard-listener.js';
import { InFlightWork } from '../../../application/in-flight-work.js';
import { closeConnection } from '../engine/close-connection.js';
import { closeNow, type Connection, connectionOf, engineOf } from '../engine/engine-connection.js';
import { refuseWhileDraining } from '../engine/refuse-while-draining.js';
import { finishSocket } from '../rooms/room-delivery.js';

/** Milliseconds for a socket's own events to be answered, and for its peer to read pending data. */
const FINISH_LIMIT = 2_000;
/** Milliseconds over which many closes are spread: one for each connection up to this maximum, in steps of `SLICE`. */
const SPREAD = 1_000;
const SLICE = 20;

/** Disconnects every socket by closing its connection: the stock client reconnects, to another node or later. */
@Injectable()
export class SocketDrain {
  private server: Server | undefined;

  constructor(private readonly work: InFlightWork) {}

  /** Called by the adapter when the server has been created. */
  attachServer(server: Server): void {
    this.server = server;
    refuseWhileDraining(server, this.work);
    engineOf(server).on(
      'connection',
      guardListener(async (connection) => {
        // The handshake was accepted just before draining began.
        if (this.work.isDraining) await closeConnection(connection);
      }, closeNow),
    );
  }

  /** Resolves when all connections are closed, after three seconds at most, whatever their peers do. */
  async closeSockets(): Promise<void> {
    if (!this.server) return;
    const connections = Object.values(engineOf(this.server).clients);
    const sockets = socketsByConnection(this.server);
    const spread = Math.min(SPREAD, connections.length);
    const late = delay(FINISH_LIMIT, undefined, { ref: false });
    await Promise.all(
      connections.map(async (connection) => {
        await delay(Math.floor((Math.random() * spread) / SLICE) * SLICE);
        const own = sockets.get(connection) ?? [];
        await Promise.race([late, Promise.all(own.map((socket) => this.work.workOfOwnerEnded(socket)))]);
        // Pending events of large rooms are written now: their slices may take longer than the time that is left.
        await closeConnection(connection, late, () => own.forEach(finishSocket));
      }),
    );
  }
}

function socketsByConnection({ _nsps: namespaces }: Server): Map<Connection, Socket[]> {
  const all = [...namespaces.values()].flatMap(({ sockets }) => [...sockets.values()]);
  return Map.groupBy(all, connectionOf);
}
