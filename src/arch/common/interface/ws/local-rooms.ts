import type { Namespace } from 'socket.io';

/** The sockets of this node, by the rooms that they have joined. */
export class LocalRooms {
  constructor(private readonly namespace: Namespace) {}

  /**
   * Writes an event to every socket of the room; the payload is encoded once.
   * @param except a room whose sockets get nothing
   */
  deliver(room: string, event: string, payload: object, except?: string): void {
    this.namespace.local
      .to(room)
      .except(except ?? [])
      .emit(event, payload);
  }
}
