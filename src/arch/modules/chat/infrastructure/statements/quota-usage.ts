import type { Counted } from '../../../../common/application/ports/counters.port.js';

/** Maximum that a user may send before this node synchronises with the others: messages, and bytes of content. */
const UNREPORTED_MESSAGES = 50;
const UNREPORTED_BYTES = 65_536;

/**
 * A user's usage within a day: the total of all nodes at the last synchronisation, and what this node has accepted
 * since.
 */
export class QuotaUsage {
  private messages = 0;
  private bytes = 0;
  private unreportedMessages = 0;
  private unreportedBytes = 0;
  private isSettling = false;
  /** Nothing is known of other nodes, or of this one before it was restarted. */
  private isNew = true;
  private endsAt: number;

  /** Times in milliseconds on a monotonic clock. */
  constructor(
    private readonly window: number,
    now: number,
  ) {
    this.endsAt = now + window;
  }

  /** Whether it is time to synchronise with the other nodes. */
  get isDue(): boolean {
    if (this.isSettling) return false;
    return (
      this.isNew || this.unreportedMessages >= UNREPORTED_MESSAGES || this.unreportedBytes >= UNREPORTED_BYTES
    );
  }

  /**
   * Counts a message unless it is one too many.
   * @returns the milliseconds to wait, 0 when it was counted
   */
  takeMessage(bytes: number, mostMessages: number, mostBytes: number, now: number): number {
    if (now >= this.endsAt) this.startAnew(now);
    if (this.messages + 1 > mostMessages || this.bytes + bytes > mostBytes) return this.endsAt - now;
    this.messages += 1;
    this.bytes += bytes;
    this.unreportedMessages += 1;
    this.unreportedBytes += bytes;
    return 0;
  }

  /** Returns the usage to report, which counts as reported from here on. */
  beginSettling(): { readonly messages: number; readonly bytes: number } {
    const unreported = { messages: this.unreportedMessages, bytes: this.unreportedBytes };
    this.unreportedMessages = 0;
    this.unreportedBytes = 0;
    this.isSettling = true;
    this.isNew = false;
    return unreported;
  }

  /** Sets the total of all nodes, plus what this node has accepted meanwhile. */
  settled(messages: Counted, bytes: Counted, now: number): void {
    this.messages = messages.total + this.unreportedMessages;
    this.bytes = bytes.total + this.unreportedBytes;
    this.endsAt = now + messages.left;
  }

  endSettling(): void {
    this.isSettling = false;
  }

  /** Resets the counts; what was not reported before the window ended does not matter any more. */
  private startAnew(now: number): void {
    this.messages = 0;
    this.bytes = 0;
    this.unreportedMessages = 0;
    this.unreportedBytes = 0;
    this.endsAt = now + this.window;
    this.isNew = true;
  }
}
