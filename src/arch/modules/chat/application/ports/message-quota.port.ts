export abstract class MessageQuotaPort {
  /**
   * Counts a message that somebody is about to send, a repeat like any other. Asks nobody and never waits: what other
   * nodes have let through lately may be missing (ADR 23).
   * @throws RateLimitedError when the user has sent too many messages, or too many bytes of content, within a day
   */
  abstract takeMessage(userId: string, content: string): void;
}
