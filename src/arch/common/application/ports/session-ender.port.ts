export abstract class SessionEnderPort {
  /**
   * Ends every session of a user who is going, everywhere: refresh fails, access tokens are refused, sockets are
   * cut; from where they were used is forgotten.
   */
  abstract endAllOf(userId: string): Promise<void>;
}
