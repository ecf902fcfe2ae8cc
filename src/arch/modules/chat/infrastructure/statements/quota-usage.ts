import type { Counted } from '../../../../common/application/ports/counters.port.js';

/** What a user may send before this node tells the others: messages, and bytes of content. */
const UNTOLD_MESSAGES = 50;
const UNTOLD_BYTES = 65_536;

/** What one user has sent within a day: what all nodes knew when this one last asked, and what it has let through since. */
export class QuotaUsage {
  private messages = 0;
  private bytes = 0;
  private untoldMessages = 0;
  private untoldBytes = 0;
  private isSettling = false;
  /** Nothing is known of other nodes, or of this one before it was restarted. */
  private isNew = true;
  private endsAt: number;

  /** Times in milliseconds on a clock that is never set. */
  constructor(
    private readonly window: number,
    now: number,
  ) {
    this.endsAt = now + window;
  }

  /** Whether it is time to tell the others, and to hear of them. */
  get isDue(): boolean {
    if (this.isSettling) return false;
    return this.isNew || this.untoldMessages >= UNTOLD_MESSAGES || this.untoldBytes >= UNTOLD_BYTES;
  }

  /** Counts a message unless it is one too many. @returns the milliseconds to wait, 0 when it was counted */
  takeMessage(bytes: number, mostMessages: number, mostBytes: number, now: number): number {
    if (now >= this.endsAt) this.startAnew(now);
    if (this.messages + 1 > mostMessages || this.bytes + bytes > mostBytes) return this.endsAt - now;
    this.messages += 1;
    this.bytes += bytes;
    this.untoldMessages += 1;
    this.untoldBytes += bytes;
    return 0;
  }

  /** What is to be told; from here on it counts as told. */
  beginSettling(): { readonly messages: number; readonly bytes: number } {
    const untold = { messages: this.untoldMessages, bytes: this.untoldBytes };
    this.untoldMessages = 0;
    this.untoldBytes = 0;
    this.isSettling = true;
    this.isNew = false;
    return untold;
  }

  /** What all have sent, without what this node has let through meanwhile. */
  settled(messages: Counted, bytes: Counted, now: number): void {
    this.messages = messages.total + this.untoldMessages;
    this.bytes = bytes.total + this.untoldBytes;
    this.endsAt = now + messages.left;
  }

  endSettling(): void {
    this.isSettling = false;
  }

  /** What was not told of the day that is over concerns nobody any more. */
  private startAnew(now: number): void {
    this.messages = 0;
    this.bytes = 0;
    this.untoldMessages = 0;
    this.untoldBytes = 0;
    this.endsAt = now + this.window;
    this.isNew = true;
  }
}
