/** When a client's membership of a room was read, and the position in the room's history to which it belongs. */
export interface ReadMembership {
  /** It was not read before: the position is at worst older than the membership. */
  readonly rev: number;
  /** `performance.now()` before it was read. */
  readonly readAt: number;
}

/** Decides which sockets of this node are in a namespace's rooms. The module whose rooms they are implements it. */
export interface RoomGate {
  /**
   * Called before a socket joins a room, in the same turn of the event loop.
   * @returns false when a membership has ended after this one was read: it has to be read again
   */
  admitJoin(room: string, socketId: string, membership: ReadMembership): boolean;
  /** Called when the membership has been read again after the join. */
  confirmJoin(room: string, socketId: string, rev: number): void;
  /**
   * Called for each event for a room, of this node and of others. Never throws, never waits.
   * @param deliver writes the event to the sockets that are in the room then; called now, later, or never
   */
  admitEvent(room: string, event: string, payload: object, deliver: () => void): void;
  /** Called when the last socket has left a room. */
  forgetRoom(room: string): void;
}

/** For rooms without members of their own. */
export const OPEN_GATE: RoomGate = {
  admitJoin: () => true,
  confirmJoin: () => undefined,
  admitEvent: (_room, _event, _payload, deliver) => deliver(),
  forgetRoom: () => undefined,
};
