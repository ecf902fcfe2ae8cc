import { EventQueueFullError } from '../../domain/errors/event-queue-full.error.js';
import { ValidationFailedError } from '../../domain/errors/validation-failed.error.js';
import type { ReceivedEvent } from './ws-answer.js';

/** How much may wait behind the event that is running, for each socket: events, and bytes of their JSON. */
const MAX_EVENTS = 1_000;
const MAX_BYTES = 1_048_576;
/** Those that may run beside the ones of their name just before: the message writer keeps their order. */
const OVERLAPPING: ReadonlySet<string> = new Set(['send_message']);

interface Waiting {
  readonly event: ReceivedEvent;
  readonly bytes: number;
}

/** Starts the events of one socket in the order in which they came, most of them when those before have ended. */
export class SocketEventQueue {
  private readonly waiting: Waiting[] = [];
  private unfinished = 0;
  private unfinishedBytes = 0;
  private running = 0;
  private runningName = '';

  /** @param run must not reject */
  constructor(private readonly run: (event: ReceivedEvent) => Promise<void>) {}

  /**
   * @throws EventQueueFullError, or ValidationFailedError when the payload is nested too deeply to be
   * measured; the event is not taken then
   */
  push(event: ReceivedEvent): void {
    const bytes = this.running === 0 ? 0 : bytesOf(event);
    if (this.unfinished > MAX_EVENTS || this.unfinishedBytes + bytes > MAX_BYTES)
      throw new EventQueueFullError();
    this.unfinished += 1;
    this.unfinishedBytes += bytes;
    this.waiting.push({ event, bytes });
    this.startNext();
  }

  private startNext(): void {
    for (let next = this.waiting[0]; next && this.mayStart(next.event.name); next = this.waiting[0]) {
      this.waiting.shift();
      void this.start(next);
    }
  }

  private mayStart(name: string): boolean {
    return this.running === 0 || (name === this.runningName && OVERLAPPING.has(name));
  }

  private async start({ event, bytes }: Waiting): Promise<void> {
    this.running += 1;
    this.runningName = event.name;
    await this.run(event);
    this.running -= 1;
    this.unfinished -= 1;
    this.unfinishedBytes -= bytes;
    this.startNext();
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
