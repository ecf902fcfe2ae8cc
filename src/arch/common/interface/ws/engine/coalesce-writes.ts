import type { Writable } from 'node:stream';
import type { Server } from 'socket.io';
import { guardListener } from '../../../application/guard-listener.js';
import { type EnginePacket, engineOf, type WebSocket, type WebSocketTransport } from './engine-connection.js';
import { cutSlowWebSocket } from './slow-sockets.js';
import { textFrame } from './text-frame.js';

const OPEN = 1;
const UNUSED = { _doSend: undefined, _doSendLast: undefined, _onSent: undefined, _onSentLast: undefined };

/**
 * Writes all packets for one websocket of one turn of the event loop with one system call at the end of the turn.
 * engine.io itself makes one call for each packet, and the second waits until the first has ended.
 */
export function coalesceWrites(server: Server): void {
  const engine = engineOf(server);
  const create = engine.createTransport.bind(engine);
  engine.createTransport = (name, request) => {
    const transport = create(name, request);
    if (transport.name === 'websocket') coalesce(transport);
    return transport;
  };
}

const coalesce = guardListener(
  (transport: WebSocketTransport) => {
    transport.send = sendAtEndOfTurn;
    // These fields belong to the replaced method and would cost memory for each connection.
    Object.assign(transport, UNUSED);
    // `ws` answers pings with pongs that do not pass through the transport.
    transport.socket.on('ping', onPing);
  },
  ({ socket }) => socket.terminate(),
);

/**
 * The transport is always writable: data that the connection does not take yet waits in its stream and is counted
 * there.
 */
const sendAtEndOfTurn = guardListener(
  function (this: WebSocketTransport, packets: readonly EnginePacket[]) {
    const { socket } = this;
    if (socket.readyState === OPEN) {
      const { _socket: stream } = socket;
      cork(stream);
      for (const packet of packets) write(stream, this, packet);
      cutSlowWebSocket(socket);
    }
    this.emit('drain');
  },
  function (this: WebSocketTransport) {
    this.socket.terminate();
  },
);

const onPing = guardListener(
  function (this: WebSocket) {
    cutSlowWebSocket(this);
  },
  function (this: WebSocket) {
    this.terminate();
  },
);

function write(stream: Writable, transport: WebSocketTransport, packet: EnginePacket): void {
  const frame = packet.options?.wsPreEncodedFrame;
  if (frame) {
    for (const part of frame) stream.write(part);
    return;
  }
  transport.parser.encodePacket(packet, transport.supportsBinary, (data) => {
    if (typeof data === 'string') stream.write(textFrame(data, backedUp.has(stream)));
    else transport.socket.send(data);
  });
}

let corked: Writable[] = [];
/** Corked streams that have not taken all data of earlier turns: the data of this turn will wait as well. */
const backedUp = new Set<Writable>();

function cork(stream: Writable): void {
  if (stream.writableCorked > 0) return;
  if (stream.writableLength > 0) backedUp.add(stream);
  stream.cork();
  if (corked.push(stream) === 1) setImmediate(uncorkAll);
}

const uncorkAll = guardListener(() => {
  const streams = corked;
  corked = [];
  backedUp.clear();
  for (const stream of streams) uncork(stream);
});

const uncork = guardListener(
  (stream: Writable) => stream.uncork(),
  (stream) => void stream.destroy(),
);
