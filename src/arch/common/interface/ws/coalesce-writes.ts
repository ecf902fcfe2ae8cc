import type { Server } from 'socket.io';
import { type EnginePacket, engineOf, type WebSocketTransport } from './engine-connection.js';
import { cutSlowWebSocket } from './slow-sockets.js';
import { textFrame } from './text-frame.js';

const OPEN = 1;

/**
 * What goes to one websocket in one turn of the event loop leaves in one system call at the end of the turn. By
 * itself engine.io makes one for each packet, and lets the second wait for the end of the first.
 */
export function coalesceWrites(server: Server): void {
  const engine = engineOf(server);
  const create = engine.createTransport;
  engine.createTransport = function createTransport(name, request) {
    const transport = create.call(this, name, request);
    if (transport.name === 'websocket') {
      transport.send = sendAtEndOfTurn;
      // Pongs do not pass through the transport.
      transport.socket.on('ping', cutSlowWebSocket);
    }
    return transport;
  };
}

/** Always writable: what the connection does not take yet waits in its stream, and is counted there. */
function sendAtEndOfTurn(this: WebSocketTransport, packets: readonly EnginePacket[]): void {
  const { socket } = this;
  if (socket.readyState === OPEN) {
    cork(socket._socket);
    for (const packet of packets) write(this, packet);
    cutSlowWebSocket.call(socket);
  }
  this.emit('drain');
}

function write({ socket, parser, supportsBinary }: WebSocketTransport, packet: EnginePacket): void {
  const frame = packet.options?.wsPreEncodedFrame;
  if (frame) {
    for (const part of frame) socket._socket.write(part);
    return;
  }
  parser.encodePacket(packet, supportsBinary, (data) => {
    if (typeof data !== 'string') socket.send(data);
    else socket._socket.write(textFrame(data, socket._socket.writableLength > 0));
  });
}

interface Corkable {
  readonly writableCorked: number;
  cork(): void;
  uncork(): void;
}

let corked: Corkable[] = [];

function cork(stream: Corkable): void {
  if (stream.writableCorked > 0) return;
  stream.cork();
  if (corked.push(stream) === 1) setImmediate(uncorkAll);
}

function uncorkAll(): void {
  const streams = corked;
  corked = [];
  for (const stream of streams) stream.uncork();
}
