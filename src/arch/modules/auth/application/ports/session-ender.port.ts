export abstract class SessionEnderPort {
  /**
   * Ends every session of a user whose account is being deleted, on all nodes: refreshes fail, access tokens are
   * refused, sockets are closed; the addresses and user agents of the sessions are deleted.
   */
  abstract endAllOf(userId: string): Promise<void>;
}
