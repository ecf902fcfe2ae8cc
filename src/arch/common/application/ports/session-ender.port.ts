export abstract class SessionEnderPort {
  /** Ends every session of a user, everywhere: refresh fails, access tokens are refused, sockets are cut. */
  abstract endAllOf(userId: string): Promise<void>;
}
