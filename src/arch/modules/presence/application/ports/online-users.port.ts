/** The users that have a socket: on this node, and on the others that are known to live. */
export abstract class OnlineUsersPort {
  abstract isOnline(userId: string): boolean;
  /**
   * Calls the listener when a user has come online, and when a user's last socket has gone. It must not throw.
   * @param listener gets the user's id; `isOnline` has the new state by then
   */
  abstract onChange(listener: (userId: string) => void): void;
}
