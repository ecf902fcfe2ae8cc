/** A position in a room's history. */
export interface RoomPosition {
  readonly room: string;
  readonly rev: number;
}

/** A room that another one is within, at a position in its history. */
export interface OuterPosition extends RoomPosition {
  /** The message at which the inner room begins: who may not see it is not in the inner room. */
  readonly seq: number;
}

/** A client's membership of a room, at a position in the room's history. */
export interface RoomMembership {
  /** It was not read before: the position is at worst older than the membership. */
  readonly rev: number;
  /** The first message of the room's history that the client may see; absent, it is the first one. */
  readonly visibleFromSeq?: number;
  /**
   * Of a room within another one, whose members are those of that one: the client is in both, and the position in that
   * one's history at which the membership was read.
   */
  readonly outer?: OuterPosition;
}

/** A membership, and when it was read. */
export interface ReadMembership extends RoomMembership {
  /** `performance.now()` before it was read. */
  readonly readAt: number;
}

/** Single sockets that do not get an event as it is. */
export interface EventExceptions {
  /** Ids of sockets that may not see it. */
  readonly hiddenFrom: ReadonlySet<string>;
  /**
   * What makes of its payload the one that a socket gets, by the ids of sockets: one function for all that get the same. It is
   * called later, maybe never.
   */
  readonly adjusted: ReadonlyMap<string, (payload: object) => object>;
}

/** Writes an event to the sockets that are in its room then. */
export type DeliverEvent = (exceptions?: EventExceptions) => void;

/** Decides which sockets of this node are in a namespace's rooms. The module whose rooms they are implements it. */
export interface RoomGate {
  /**
   * Called before a socket joins a room, in the same turn of the event loop.
   * @returns false when a membership has ended after this one was read: it has to be read again
   */
  admitJoin(room: string, socketId: string, membership: ReadMembership): boolean;
  /** Called when the membership has been read again after the join. */
  confirmJoin(room: string, socketId: string, membership: RoomMembership): void;
  /**
   * Called for each event for a room, of this node and of others. Never throws, never waits.
   * @param deliver called now, later, or never
   * @param after of an event for a room within another one: what has come before it in that one's history; absent, nothing
   * is known of it
   */
  admitEvent(room: string, event: string, payload: object, deliver: DeliverEvent, after?: RoomPosition): void;
  /** Called when a socket has left a room. */
  forgetSocket(room: string, socketId: string): void;
  /** Called when the last socket has left a room. */
  forgetRoom(room: string): void;
}

/** For rooms without members of their own. */
export const OPEN_GATE: RoomGate = {
  admitJoin: () => true,
  confirmJoin: () => undefined,
  admitEvent: (_room, _event, _payload, deliver) => deliver(),
  forgetSocket: () => undefined,
  forgetRoom: () => undefined,
};
