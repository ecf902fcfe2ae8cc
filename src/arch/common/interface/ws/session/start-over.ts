import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Server } from 'socket.io';
import { guardListener } from '../../../application/guard-listener.js';
import { DatabaseEpochPort } from '../../../application/ports/database-epoch.port.js';
import { closeConnection } from '../engine/close-connection.js';
import { closeNow, type Connection, engineOf } from '../engine/engine-connection.js';

/** Milliseconds over which many closes are spread: one for each connection up to this maximum. */
const SPREAD = 1_000;

/**
 * When another epoch of the database begins, the sockets' rooms and events belong to the old one. Their connections are
 * closed below the namespace: the stock client reconnects, and `ready` carries the new epoch.
 */
@Injectable()
export class StartOver {
  constructor(private readonly epoch: DatabaseEpochPort) {}

  /** Called by the adapter when the server has been created. */
  attachServer(server: Server): void {
    this.epoch.onRenewal(() => {
      const connections = Object.values(engineOf(server).clients);
      for (const connection of connections) close(connection, Math.min(SPREAD, connections.length));
    });
  }
}

const close = guardListener(async (connection: Connection, spread: number) => {
  await delay(Math.random() * spread);
  await closeConnection(connection);
}, closeNow);
