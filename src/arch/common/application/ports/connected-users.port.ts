/** The users that have a socket on this node. */
export abstract class ConnectedUsersPort {
  abstract isConnected(userId: string): boolean;
  /** Returns the ids of all of them. */
  abstract listConnected(): readonly string[];
  /**
   * Calls the listener when a user's first socket on this node has connected, and when its last one has disconnected.
   * The listener must not throw.
   */
  abstract onChange(listener: (userId: string, isConnected: boolean) => void): void;
}
