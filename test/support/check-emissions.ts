import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Namespace, Socket } from 'socket.io';
import { CHAT_NAMESPACE } from '../../src/arch/common/domain/rooms.js';
import { SocketIoRoomEmitter } from '../../src/arch/common/interface/ws/rooms/socket-io-room-emitter.js';
import { checkEmitted, checkRefused, checkSent } from './frames.js';

/** Packet types of version 5 of the Socket.IO protocol. */
const ACK = 3;
const CONNECT_ERROR = 4;

type Acknowledgement = Parameters<typeof checkSent>[2];

interface Packet {
  readonly type: number;
  readonly id?: number;
  readonly data?: readonly unknown[];
}

/** Checks every event, acknowledgement and refusal that a server sends in `/chat`, even when no client receives it. */
export function checkEmissions(app: NestFastifyApplication): void {
  const emitter = app.get(SocketIoRoomEmitter);
  const [emit, disconnect] = [emitter.emitToRoom.bind(emitter), emitter.disconnectRoom.bind(emitter)];
  emitter.emitToRoom = (namespace, room, event, payload, except, instead, after) => {
    if (namespace === CHAT_NAMESPACE) {
      checkEmitted(event, payload);
      if (instead) checkEmitted(event, instead.payload);
    }
    emit(namespace, room, event, payload, except, instead, after);
  };
  const emitToSockets = emitter.emitToSockets.bind(emitter);
  emitter.emitToSockets = (namespace, socketIds, event, payload) => {
    if (namespace === CHAT_NAMESPACE) checkEmitted(event, payload);
    emitToSockets(namespace, socketIds, event, payload);
  };
  emitter.disconnectRoom = (room, event, payload) => {
    checkEmitted(event, payload);
    disconnect(room, event, payload);
  };
  const chat = emitter['namespaces'].get(CHAT_NAMESPACE)?.delivery['namespace'];
  if (chat === undefined) return;
  chat.use((socket, next) => {
    socket.onAnyOutgoing((event: string, payload: unknown) => checkEmitted(event, payload));
    checkAcknowledgements(socket);
    next();
  });
  // Names that no gateway serves are children of one namespace.
  const unserved = chat.server['parentNsps'].values();
  for (const namespace of [chat, chat.server.sockets, ...unserved]) checkRefusals(namespace);
}

/** Adds a middleware before all others: after a refusal by one of them, no other middleware runs. */
function checkRefusals(namespace: Namespace): void {
  namespace['_fns'].unshift((socket: Socket, next: () => void) => {
    const send = socket['packet'].bind(socket);
    socket['packet'] = (packet: Packet, options: never) => {
      if (packet.type === CONNECT_ERROR) checkRefused(packet.data);
      send(packet, options);
    };
    next();
  });
}

/** Checks each acknowledgement together with the event that it answers. */
function checkAcknowledgements(socket: Socket): void {
  const events = new Map<number | undefined, readonly unknown[]>();
  const [receive, send] = [socket['onevent'].bind(socket), socket['packet'].bind(socket)];
  socket['onevent'] = (packet: Packet) => {
    // Socket.IO adds the function that acknowledges to the packet's own array.
    if (packet.id !== undefined) events.set(packet.id, [...(packet.data ?? [])]);
    receive(packet);
  };
  socket['packet'] = (packet: Packet, options: never) => {
    const [event, payload] = events.get(packet.id) ?? [];
    if (packet.type === ACK) checkSent(String(event), payload, packet.data?.[0] as Acknowledgement);
    send(packet, options);
  };
}
