import { EventQueueFullError } from '../../domain/errors/event-queue-full.error.js';
import { ValidationFailedError } from '../../domain/errors/validation-failed.error.js';
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

  /**
   * @throws EventQueueFullError, or ValidationFailedError when the payload is nested too deeply to be
   * measured; the event is not taken then
   */
  push(event: ReceivedEvent): void {
    if (!this.running) {
      this.running = true;
      void this.drain(event);
      return;
    }
    const bytes = bytesOf(event);
    if (this.waiting.length >= MAX_EVENTS || this.waitingBytes + bytes > MAX_BYTES)
      throw new EventQueueFullError();
    this.waiting.push({ event, bytes });
    this.waitingBytes += bytes;
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

/** `JSON.stringify` runs out of stack some thousand levels deep, and a packet has room for more. */
function bytesOf({ payload }: ReceivedEvent): number {
  try {
    return Buffer.byteLength(JSON.stringify(payload) ?? '');
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ValidationFailedError([{ path: '', message: 'is nested too deeply' }]);
  }
}
