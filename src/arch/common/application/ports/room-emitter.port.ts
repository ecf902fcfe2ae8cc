/** The way out to connected clients. A room is a name that sockets of one namespace have joined. */
export abstract class RoomEmitterPort {
  /**
   * Sends an event to every socket in the room; the payload is encoded once. Never throws, never waits.
   * @param namespace of the room, such as `/chat`; one that nobody serves has no sockets
   * @param except a room whose sockets are left out
   */
  abstract emitToRoom(namespace: string, room: string, event: string, payload: object, except?: string): void;
  /**
   * Sends a last event to the sockets on this node that are in a room of this name, whatever their namespace, after all
   * that was emitted to them before, and closes them; the stock client stays away then. Never throws, never waits.
   */
  abstract disconnectRoom(room: string, event: string, payload: object): void;
}
