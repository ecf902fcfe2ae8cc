export abstract class MessageQuotaPort {
  /**
   * Counts a message before it is sent or edited, also a repeated one. Reads only memory and never waits: the latest messages
   * through other nodes may be missing (ADR 23).
   * @throws RateLimitedError when the user has sent too many messages, or too many bytes of content, within a day
   */
  abstract takeMessage(userId: string, content: string): void;
}
