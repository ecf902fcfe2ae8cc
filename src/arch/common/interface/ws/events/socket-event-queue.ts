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
  take(queue: WaitingSocket): boolean;
  /** Whether there is room for an event that may not begin yet; a `release` follows when it waits no longer. */
  hold(bytes: number): boolean;
  release(bytes: number): void;
  /**
   * What becomes of an event that may begin: it is to `run` in its turn, it has been `answered` at once, or, answered
   * as well, it is `unwanted` and does not count.
   */
  begin(event: ReceivedEvent, bytes: number): 'run' | 'answered' | 'unwanted';
  /** Must not reject. */
  run(event: ReceivedEvent, bytes: number): Promise<void>;
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
  push(event: ReceivedEvent): void {
    const isFirst = this.unfinished === 0;
    const next = { event, bytes: isFirst ? 0 : this.measure(event) };
    if (!this.held && this.work.take(this)) {
      this.count(next);
      this.enter(next);
      return;
    }
    // The socket is in line now, also when there is no room for this event.
    const held = (this.held ??= new HeldEvents());
    this.hold(held, isFirst ? { event, bytes: this.measure(event) } : next);
  }

  get waits(): boolean {
    return this.held !== undefined;
  }

  proceed(): boolean {
    for (let next = this.nextHeld(); next; next = this.nextHeld()) if (this.enter(next)) return true;
    return false;
  }

  /** Forgets the events that are held, unanswered. */
  drop(): void {
    for (let next = this.nextHeld(); next; next = this.nextHeld()) this.finish(next);
  }

  private hold(held: HeldEvents<Waiting>, next: Waiting): void {
    if (!this.work.hold(next.bytes)) throw queueFull();
    this.count(next);
    held.push(next);
  }

  /** Its bytes. @throws RateLimitedError when there is no room for them */
  private measure(event: ReceivedEvent): number {
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
    if (next) this.work.release(next.bytes);
    return next;
  }

  /** Whether it counts. */
  private enter(next: Waiting): boolean {
    const begun = this.work.begin(next.event, next.bytes);
    if (begun === 'run') {
      this.waiting.push(next);
      this.startNext();
    } else this.finish(next);
    return begun !== 'unwanted';
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

  private async start(next: Waiting): Promise<void> {
    this.running += 1;
    this.runningName = next.event.name;
    await this.work.run(next.event, next.bytes);
    this.running -= 1;
    this.finish(next);
    this.startNext();
  }

  private count({ bytes }: Waiting): void {
    this.unfinished += 1;
    this.unfinishedBytes += bytes;
  }

  private finish({ bytes }: Waiting): void {
    this.unfinished -= 1;
    this.unfinishedBytes -= bytes;
  }
}

function queueFull(): RateLimitedError {
  return new RateLimitedError(1_000, 'Too many events of this socket are waiting; slow down.');
}
