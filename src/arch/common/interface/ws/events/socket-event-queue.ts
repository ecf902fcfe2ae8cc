import { RateLimitedError } from '../../../domain/errors/rate-limited.error.js';
import type { WaitingSocket } from './event-quota.js';
import { HeldEvents, isUrgent } from './held-events.js';
import { payloadBytes } from './payload-bytes.js';
import type { ReceivedEvent } from './ws-answer.js';

/** Limits of one socket's events that wait behind the running one: their number and their bytes. */
const MAX_EVENTS = 1_000;
const MAX_BYTES = 1_048_576;
/**
 * Additional limits for urgent events: a client that has sent too much must be able to renew its token and to leave
 * rooms.
 */
const URGENT_EVENTS = 10;
const URGENT_BYTES = 65_536;
/** Events that may run beside earlier ones of the same name: the message writer keeps their order. */
const OVERLAPPING: ReadonlySet<string> = new Set(['send_message']);

interface Waiting {
  readonly event: ReceivedEvent;
  readonly bytes: number;
}

/** The work that a queue delegates. */
export interface EventWork {
  /** Whether an event may begin now, which then counts; if not, `queue.startWaiting()` is called when one may. */
  takeQuota(queue: WaitingSocket): boolean;
  /**
   * Whether the budget has room for an event that may not begin yet; `releaseBytes` follows when it waits no longer.
   */
  holdBytes(bytes: number): boolean;
  releaseBytes(bytes: number): void;
  /**
   * Decides about an event that may begin: `run` it in its turn; it has been `answered` already; or it has been
   * answered, is `unwanted`, and does not count for the quota.
   */
  beginEvent(event: ReceivedEvent, bytes: number): 'run' | 'answered' | 'unwanted';
  /** Must not reject. */
  runHandler(event: ReceivedEvent, bytes: number): Promise<void>;
}

/**
 * Starts the events of one socket in order of arrival, most of them only after the previous ones have ended. Events
 * above the user's quota are held first.
 */
export class SocketEventQueue implements WaitingSocket {
  private readonly waiting: Waiting[] = [];
  /** Defined only while events are held. */
  private held: HeldEvents<Waiting> | undefined;
  private unfinished = 0;
  private unfinishedBytes = 0;
  private running = 0;
  private runningName = '';

  constructor(private readonly work: EventWork) {}

  /**
   * @throws RateLimitedError when too much waits, or ValidationFailedError when the payload is nested too deeply to be
   * measured; the event is not queued then
   */
  pushEvent(event: ReceivedEvent): void {
    const isFirst = this.unfinished === 0;
    const next = { event, bytes: isFirst ? 0 : this.measureEvent(event) };
    if (!this.held && this.work.takeQuota(this)) {
      this.changeCounts(next);
      this.countEvent(next);
      return;
    }
    // The socket waits for the quota from here on, even when there is no room for this event.
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

  /** Drops the held events without answering them. */
  dropEvents(): void {
    for (let next = this.nextHeld(); next; next = this.nextHeld()) this.finishEvent(next);
  }

  private holdEvent(held: HeldEvents<Waiting>, next: Waiting): void {
    if (!this.work.holdBytes(next.bytes)) throw queueFull();
    this.changeCounts(next);
    held.push(next);
  }

  /**
   * The bytes of an event.
   * @throws RateLimitedError when there is no room for them
   */
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

  /** Begins an event. Returns whether it counts for the quota. */
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
