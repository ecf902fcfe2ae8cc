import type { ServerResponse } from 'node:http';
import { Logger } from '@nestjs/common';
import type { Server } from 'socket.io';
import { guardListener } from '../../../application/guard-listener.js';
import { cutUnlessTaken, MAX_WAITING } from './cut-unless-taken.js';
import {
  closeNow,
  type Connection,
  type EnginePacket,
  engineOf,
  type PollingTransport,
  type WebSocket,
} from './engine-connection.js';

/**
 * Bytes that a waiting packet costs besides its payload: 257 bytes of heap were measured for a buffer and its entry in
 * the stream's list; the rest covers the buffer's memory outside the heap.
 */
const PER_PACKET = 384;

const logger = new Logger('SlowSockets');

/**
 * Closes a websocket for which too many bytes wait. Called for every packet.
 *
 * A write that has begun counts without {@link PER_PACKET}: the limit is half of the 1 MiB that a socket may cost.
 */
export function cutSlowWebSocket(socket: WebSocket): void {
  const { _socket: stream } = socket;
  if (waiting(stream) <= MAX_WAITING) return;
  // Packets of this turn have not been written to the kernel yet.
  if (stream.writableCorked > 0) {
    stream.uncork();
    if (waiting(stream) <= MAX_WAITING) return;
  }
  const cut = (): void => {
    if (stream.destroyed) return;
    socket.terminate();
    logger.log('A client that does not read was disconnected (websocket).');
  };
  cutUnlessTaken(socket, () => waiting(stream), cut);
}

function waiting({ writableLength, _writableState: state }: WebSocket['_socket']): number {
  return writableLength + PER_PACKET * state.bufferedRequestCount;
}

interface Backlog {
  /** Bytes in packets that wait for a poll, and in responses to polls that the client has not read yet. */
  bytes: number;
  /** The part of `bytes` that no poll has taken. */
  buffered: number;
  /** A list, for the same reason as in `OpenAnswers`. */
  readonly unread: ServerResponse[];
}

const backlogs = new WeakMap<Connection, Backlog>();

/** Closes a connection that polls too rarely for what is sent to it, or does not read the responses. */
export function cutSlowPolling(server: Server): void {
  engineOf(server).on(
    'connection',
    guardListener((connection) => {
      if (connection.transport.name !== 'polling') return;
      backlogs.set(connection, { bytes: 0, buffered: 0, unread: [] });
      connection.on('packetCreate', countPacket);
      connection.on('flush', takeBuffered);
      connection.once('upgrade', stopCounting);
    }, closeNow),
  );
}

/** Closes the connection after the current emit, which a close in the middle of it would break. */
function closeSoon(this: Connection): void {
  process.nextTick(guardListener(() => closeNow(this)));
}

const stopCounting = guardListener(function (this: Connection) {
  backlogs.delete(this);
  this.off('packetCreate', countPacket);
  this.off('flush', takeBuffered);
}, closeSoon);

const countPacket = guardListener(function (this: Connection, { data }: EnginePacket) {
  const backlog = backlogs.get(this);
  if (!backlog) return;
  const bytes = PER_PACKET + Buffer.byteLength(data ?? '');
  backlog.bytes += bytes;
  backlog.buffered += bytes;
  if (backlog.bytes <= MAX_WAITING) return;
  const cut = (): void => {
    if (!backlogs.delete(this)) return;
    process.nextTick(
      guardListener(() => {
        closeNow(this);
        for (const response of backlog.unread.splice(0)) response.destroy();
      }),
    );
    logger.log('A client that does not read was disconnected (polling).');
  };
  cutUnlessTaken(this, () => backlog.bytes, cut);
}, closeSoon);

/** Runs before the open poll is answered with all buffered packets. */
const takeBuffered = guardListener(function (this: Connection) {
  const backlog = backlogs.get(this);
  const { res: response } = this.transport as PollingTransport;
  if (!backlog || !response) return;
  const bytes = backlog.buffered;
  backlog.buffered = 0;
  backlog.unread.push(response);
  response.once(
    'close',
    guardListener(
      () => {
        const place = backlog.unread.indexOf(response);
        if (place !== -1) backlog.unread.splice(place, 1);
        backlog.bytes -= bytes;
      },
      () => closeNow(this),
    ),
  );
}, closeSoon);
