import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { Namespace, Server, type ServerOptions } from 'socket.io';
import { OpenWork } from '../../application/open-work.js';
import { RouteNotFoundError } from '../../domain/errors/route-not-found.error.js';
import type { AuthenticatedSocket } from '../principal-of.js';
import { closeConnections } from './close-connections.js';
import { refuse } from './handshake-refusal.js';
import { limitPolling } from './limit-polling.js';
import { receiveEvents, type EventHandler } from './receive-events.js';
import { SocketIoRoomEmitter } from './socket-io-room-emitter.js';

/** Bytes of one packet; a larger one ends its connection. */
const MAX_PACKET = 65_536;
/** Milliseconds from opening a connection to having joined a namespace. */
const AUTHENTICATION_LIMIT = 10_000;

/** Socket.IO on the HTTP port, with our limits, and each socket's events in order. */
export class SocketIoAdapter extends IoAdapter {
  private readonly work: OpenWork;
  private readonly emitter: SocketIoRoomEmitter;

  constructor(app: INestApplicationContext) {
    super(app);
    this.work = app.get(OpenWork);
    this.emitter = app.get(SocketIoRoomEmitter);
  }

  override create(port: number, options?: ServerOptions & { namespace?: string; server?: Server }) {
    const created: Server | Namespace = super.create(port, options);
    if (created instanceof Namespace) this.emitter.attach(created);
    return created;
  }

  override createIOServer(port: number, options?: Partial<ServerOptions>): Server {
    const server: Server = super.createIOServer(port, {
      ...(options as ServerOptions),
      serveClient: false,
      maxHttpBufferSize: MAX_PACKET,
      connectTimeout: AUTHENTICATION_LIMIT,
      cleanupEmptyChildNamespaces: true,
    });
    limitPolling(server);
    // Left to itself, Socket.IO keeps the connection of whoever asks for a namespace that does not exist.
    const unknown = server.of((_name, _auth, next) => next(null, true));
    for (const namespace of [server, unknown]) {
      namespace.use((socket, next) => next(refuse(socket, new RouteNotFoundError())));
    }
    return server;
  }

  override bindMessageHandlers(socket: AuthenticatedSocket, handlers: EventHandler[]): void {
    receiveEvents(socket, handlers, this.work);
  }

  override async close(server: Server | Namespace): Promise<void> {
    if (server instanceof Server) await closeConnections(server);
  }
}
