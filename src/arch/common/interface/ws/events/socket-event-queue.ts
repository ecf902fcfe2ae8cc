import { RateLimitedError } from '../../../domain/errors/rate-limited.error.js';
import type { WaitingSocket } from './event-quota.js';
import { HeldEvents, isUrgent } from './held-events.js';
import { payloadBytes } from './payload-bytes.js';
import type { ReceivedEvent } from './ws-answer.js';

/** How much may wait behind the event that is running, for each socket: events, and bytes that they hold. */
const MAX_EVENTS = 1_000;
const MAX_BYTES = 1_048_576;
/** What may wait beyond that of events that overtake: whoever has sent too much must be able to stay, and to leave. */
const URGENT_EVENTS = 10;
const URGENT_BYTES = 65_536;
/** Those that may run beside the ones of their name just before: the message writer keeps their order. */
const OVERLAPPING: ReadonlySet<string> = new Set(['send_message']);

interface Waiting {
  readonly event: ReceivedEvent;
  readonly bytes: number;
}

/** What a queue asks of its surroundings. */
export interface EventWork {
  /** Whether an event may begin now, which then counts; if not, `queue.proceed()` is called when one may. */
  takeQuota(queue: WaitingSocket): boolean;
  /** Whether there is room for an event that may not begin yet; a `release` follows when it waits no longer. */
  holdBytes(bytes: number): boolean;
  releaseBytes(bytes: number): void;
  /**
   * What becomes of an event that may begin: it is to `run` in its turn, it has been `answered` at once, or, answered
   * as well, it is `unwanted` and does not count.
   */
  beginEvent(event: ReceivedEvent, bytes: number): 'run' | 'answered' | 'unwanted';
  /** Must not reject. */
  runHandler(event: ReceivedEvent, bytes: number): Promise<void>;
}

/**
 * Starts the events of one socket in the order in which they came, most of them when those before have ended. What
 * comes faster than its user may send is held before it takes its place.
 */
export class SocketEventQueue implements WaitingSocket {
  private readonly waiting: Waiting[] = [];
  /** Only while there are some. */
  private held: HeldEvents<Waiting> | undefined;
  private unfinished = 0;
  private unfinishedBytes = 0;
  private running = 0;
  private runningName = '';

  constructor(private readonly work: EventWork) {}

  /**
   * @throws RateLimitedError, or ValidationFailedError when the payload is nested too deeply to be
   * measured; the event is not taken then
   */
  pushEvent(event: ReceivedEvent): void {
    const isFirst = this.unfinished === 0;
    const next = { event, bytes: isFirst ? 0 : this.measureEvent(event) };
    if (!this.held && this.work.takeQuota(this)) {
      this.changeCounts(next);
      this.countEvent(next);
      return;
    }
    // The socket is in line now, also when there is no room for this event.
    const held = (this.held ??= new HeldEvents());
    this.holdEvent(held, isFirst ? { event, bytes: this.measureEvent(event) } : next);
  }

  get waits(): boolean {
    return this.held !== undefined;
  }

  startWaiting(): boolean {
    for (let next = this.nextHeld(); next; next = this.nextHeld()) if (this.countEvent(next)) return true;
    return false;
  }

  /** Forgets the events that are held, unanswered. */
  dropEvents(): void {
    for (let next = this.nextHeld(); next; next = this.nextHeld()) this.finishEvent(next);
  }

  private holdEvent(held: HeldEvents<Waiting>, next: Waiting): void {
    if (!this.work.holdBytes(next.bytes)) throw queueFull();
    this.changeCounts(next);
    held.push(next);
  }

  /** Its bytes. @throws RateLimitedError when there is no room for them */
  private measureEvent(event: ReceivedEvent): number {
    const bytes = payloadBytes(event.payload);
    const [moreEvents, moreBytes] = isUrgent(event) ? [URGENT_EVENTS, URGENT_BYTES] : [0, 0];
    const hasRoom =
      this.unfinished <= MAX_EVENTS + moreEvents && this.unfinishedBytes + bytes <= MAX_BYTES + moreBytes;
    if (!hasRoom) throw queueFull();
    return bytes;
  }

  private nextHeld(): Waiting | undefined {
    const next = this.held?.shift();
    if (this.held?.isEmpty) this.held = undefined;
    if (next) this.work.releaseBytes(next.bytes);
    return next;
  }

  /** Whether it counts. */
  private countEvent(next: Waiting): boolean {
    const begun = this.work.beginEvent(next.event, next.bytes);
    if (begun === 'run') {
      this.waiting.push(next);
      this.startNext();
    } else this.finishEvent(next);
    return begun !== 'unwanted';
  }

  private startNext(): void {
    for (let next = this.waiting[0]; next && this.mayStart(next.event.name); next = this.waiting[0]) {
      this.waiting.shift();
      void this.startEvent(next);
    }
  }

  private mayStart(name: string): boolean {
    return this.running === 0 || (name === this.runningName && OVERLAPPING.has(name));
  }

  private async startEvent(next: Waiting): Promise<void> {
    this.running += 1;
    this.runningName = next.event.name;
    await this.work.runHandler(next.event, next.bytes);
    this.running -= 1;
    this.finishEvent(next);
    this.startNext();
  }

  private changeCounts({ bytes }: Waiting): void {
    this.unfinished += 1;
    this.unfinishedBytes += bytes;
  }

  private finishEvent({ bytes }: Waiting): void {
    this.unfinished -= 1;
    this.unfinishedBytes -= bytes;
  }
}

function queueFull(): RateLimitedError {
  return new RateLimitedError(1_000, 'Too many events of this socket are waiting; slow down.');
}
