import type { ReceivedEvent } from './ws-answer.js';

/** How much may wait behind the event that is running, for each socket: events, and bytes of their JSON. */
const MAX_EVENTS = 1_000;
const MAX_BYTES = 1_048_576;

interface Waiting {
  readonly event: ReceivedEvent;
  readonly bytes: number;
}

/** Runs the events of one socket one after another, in the order in which they came. */
export class SocketEventQueue {
  private readonly waiting: Waiting[] = [];
  private waitingBytes = 0;
  private running = false;

  /** @param run must not reject */
  constructor(private readonly run: (event: ReceivedEvent) => Promise<void>) {}

  /** Whether there was room for the event. */
  push(event: ReceivedEvent): boolean {
    if (!this.running) {
      this.running = true;
      void this.drain(event);
      return true;
    }
    const bytes = Buffer.byteLength(JSON.stringify(event.payload) ?? '');
    if (this.waiting.length >= MAX_EVENTS || this.waitingBytes + bytes > MAX_BYTES) return false;
    this.waiting.push({ event, bytes });
    this.waitingBytes += bytes;
    return true;
  }

  private async drain(first: ReceivedEvent): Promise<void> {
    await this.run(first);
    for (let next = this.waiting.shift(); next; next = this.waiting.shift()) {
      this.waitingBytes -= next.bytes;
      await this.run(next.event);
    }
    this.running = false;
  }
}
