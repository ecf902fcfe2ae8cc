/** The way out to connected clients. A room is a name that sockets have joined. */
export abstract class RoomEmitterPort {
  /**
   * Sends an event to every socket in the room; the payload is encoded once. Never throws, never waits.
   * @param except a room whose sockets are left out
   */
  abstract emit(room: string, event: string, payload: object, except?: string): void;
  /**
   * Sends a last event to the room's sockets on this node, after all that was emitted to them before, and closes them;
   * the stock client stays away then. Never throws, never waits.
   */
  abstract disconnect(room: string, event: string, payload: object): void;
}
