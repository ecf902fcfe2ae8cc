import type { RoomGate, RoomPosition } from '../room-gate.js';

/** What the sockets of a room get in place of an event. */
export interface PayloadInstead {
  readonly room: string;
  readonly payload: object;
}

/** Emits events to connected clients. A room is a name that sockets of one namespace have joined. */
export abstract class RoomEmitterPort {
  /**
   * Sends an event to every socket in the room; the payload is encoded once. Never throws, never waits.
   * @param namespace the room's namespace, such as `/chat`; an unknown one has no sockets
   * @param except a room whose sockets are excluded
   * @param instead another payload, for those of the sockets that are in another room, too
   * @param after of a room within another one: what has come before the event in that one's history
   */
  abstract emitToRoom(
    namespace: string,
    room: string,
    event: string,
    payload: object,
    except?: string,
    instead?: PayloadInstead,
    after?: RoomPosition,
  ): void;
  /**
   * Sends an event to the sockets on this node that are in at least one of the rooms, to each once: in turns of the event
   * loop, so that a socket that has left the rooms before its turn does not get it. Never throws, never waits.
   * @param exceptUsers users whose sockets are excluded
   */
  abstract emitOnce(
    namespace: string,
    rooms: readonly string[],
    event: string,
    payload: object,
    exceptUsers: ReadonlySet<string>,
  ): void;
  /**
   * Puts sockets on this node into a room: they get the events that are emitted to it from now on. Never throws, never
   * waits.
   * @param joiners a room: the sockets that are in it join
   */
  abstract addToRoom(namespace: string, room: string, joiners: string): void;
  /**
   * Takes sockets on this node out of a room: they get all events that were emitted to it before, and none that is
   * emitted after. Never throws, never waits.
   * @param leavers a room: the sockets that are in both leave
   * @param staying ids of sockets that do not
   */
  abstract removeFromRoom(
    namespace: string,
    room: string,
    leavers: string,
    staying?: ReadonlySet<string>,
  ): void;
  /** The users of the sockets on this node that are in a room. */
  abstract usersIn(namespace: string, room: string): readonly string[];
  /** The ids of the sockets on this node that are in both rooms. */
  abstract socketsIn(namespace: string, room: string, other: string): readonly string[];
  /** Sets the gate of a namespace's rooms. Must be called before the application listens. */
  abstract guardRooms(namespace: string, gate: RoomGate): void;
  /**
   * Sends an event to single sockets on this node; the payload is encoded once. Never throws, never waits.
   * @param socketIds ids of sockets of the namespace; unknown ones are ignored
   */
  abstract emitToSockets(
    namespace: string,
    socketIds: readonly string[],
    event: string,
    payload: object,
  ): void;
  /**
   * Sends a last event to the sockets on this node that are in a room of this name, whatever their namespace, after all
   * events emitted to them before, and closes them; the stock client does not reconnect then. Never throws, never
   * waits.
   */
  abstract disconnectRoom(room: string, event: string, payload: object): void;
}
