import type { ServerEvents } from '../contract.ts';

/** A socket that the server has accepted. */
export interface OpenSocket {
  readonly userId: string;
  sessionId: string;
  /** The rooms, each with the `rev` up to which the socket has been told everything. */
  readonly joined: Map<string, number>;
  /** Whom it watches. */
  watched: ReadonlySet<string>;
  emit<E extends keyof ServerEvents>(event: E, payload: ServerEvents[E]): void;
  close(reason: string): void;
}

/** The payload for one reader; null when the reader is not told. */
type PayloadFor<E extends keyof ServerEvents> = (
  userId: string,
  socket: OpenSocket,
) => ServerEvents[E] | null;

export interface Rooms {
  readonly sockets: ReadonlySet<OpenSocket>;
  add(socket: OpenSocket): void;
  remove(socket: OpenSocket): void;
  emitToRoom<E extends keyof ServerEvents>(conversationId: string, event: E, payload: PayloadFor<E>): void;
  emitToUser<E extends keyof ServerEvents>(
    userId: string,
    event: E,
    payload: ServerEvents[E],
    except?: OpenSocket,
  ): void;
  emitToSockets<E extends keyof ServerEvents>(
    event: E,
    payload: ServerEvents[E],
    isFor: (socket: OpenSocket) => boolean,
  ): void;
  /** The membership of the user has ended. */
  evict(conversationId: string, userId: string): void;
  endSession(id: string): void;
}

/** Who is told what. */
export function createRooms(): Rooms {
  const sockets = new Set<OpenSocket>();
  return {
    sockets,
    add: (socket) => void sockets.add(socket),
    remove: (socket) => void sockets.delete(socket),
    emitToRoom(conversationId, event, payloadFor) {
      for (const socket of sockets) {
        const known = socket.joined.get(conversationId);
        if (known === undefined) continue;
        const payload = payloadFor(socket.userId, socket);
        if (!payload) continue;
        const { rev } = payload as { readonly rev?: number };
        if (rev === undefined) socket.emit(event, payload);
        else if (rev > known) {
          // What lies in between was hidden from this user.
          socket.emit(event, rev - 1 > known ? { ...payload, prevRev: known } : payload);
          socket.joined.set(conversationId, rev);
        }
      }
    },
    emitToUser(userId, event, payload, except) {
      for (const socket of sockets)
        if (socket.userId === userId && socket !== except) socket.emit(event, payload);
    },
    emitToSockets(event, payload, isFor) {
      for (const socket of sockets) if (isFor(socket)) socket.emit(event, payload);
    },
    evict(conversationId, userId) {
      for (const socket of sockets) if (socket.userId === userId) socket.joined.delete(conversationId);
    },
    endSession(id) {
      for (const socket of sockets) {
        if (socket.sessionId !== id) continue;
        socket.emit('session_revoked', { code: 'SESSION_REVOKED' });
        socket.close('io server disconnect');
      }
    },
  };
}
