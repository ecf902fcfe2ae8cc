import { Logger } from '@nestjs/common';
import type { Server } from 'socket.io';
import { guardListener } from '../../../application/guard-listener.js';
import { closeNow, type Connection, engineOf, type WebSocket } from '../engine/engine-connection.js';
import { FloodMeter } from './flood-meter.js';

const logger = new Logger('Floods');
/** The meter of each connection; its websocket shares it. */
const meters = new WeakMap<Connection | WebSocket, FloodMeter>();

/**
 * Closes connections that send far more packets than the limit for several seconds, whatever they contain: refusing
 * events costs time as well. The stock client reconnects.
 * @param limit events a second
 */
export function endFloods(server: Server, limit: number): void {
  const countPacket = guardListener(function (this: Connection) {
    if (isTooMuch(this, limit)) end(this);
  }, closeThis);
  // Pings and pongs of the websocket protocol do not become packets, so they are counted here.
  const countFrame = guardListener(function (this: WebSocket) {
    if (isTooMuch(this, limit)) cut(this);
  }, terminateThis);
  const countFrames = guardListener(function (this: Connection) {
    const meter = meters.get(this);
    if (this.transport.name !== 'websocket' || !meter) return;
    const { socket } = this.transport;
    meters.set(socket, meter);
    socket.on('ping', countFrame);
    socket.on('pong', countFrame);
  }, closeThis);

  const watch = guardListener((connection: Connection) => {
    meters.set(connection, new FloodMeter());
    connection.on('packet', countPacket);
    if (connection.transport.name === 'polling') connection.once('upgrade', countFrames);
    else countFrames.call(connection);
  }, closeNow);
  engineOf(server).on('connection', watch);
}

function isTooMuch(sender: Connection | WebSocket, limit: number): boolean {
  return meters.get(sender)?.countPacket(performance.now(), limit) ?? false;
}

/** Cuts the connection without a close frame, which a flooding client need not answer. */
function cut(socket: WebSocket): void {
  socket.terminate();
  logger.log('A client that sent too much for too long was disconnected (websocket).');
}

function end(connection: Connection): void {
  if (connection.transport.name === 'websocket') {
    cut(connection.transport.socket);
    return;
  }
  connection.close(true);
  logger.log('A client that sent too much for too long was disconnected (polling).');
}

function closeThis(this: Connection): void {
  closeNow(this);
}

function terminateThis(this: WebSocket): void {
  this.terminate();
}
