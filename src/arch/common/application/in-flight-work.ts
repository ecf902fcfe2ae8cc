import { Logger } from '@nestjs/common';
import { ShuttingDownError } from '../domain/errors/shutting-down.error.js';
import { UnavailableError } from '../domain/errors/unavailable.error.js';
import { MinuteLog } from './minute-log.js';
import { ReturnTimes } from './return-times.js';
import { WorkBudget } from './work-budget.js';

/** Used fraction of the budget above which it is crowded: a socket then has no more pieces of work than its share. */
const CROWDED = 1 / 4;
const SHARE = 1 / 32;

const OVERLOAD_MESSAGE = [{ path: 'server', message: 'Too much is waiting already.' }];

/**
 * Requests and socket events in flight. All work begins here, so that memory has room for whatever waits inside, and a
 * shutdown can finish it and refuse new work.
 */
export class InFlightWork {
  private readonly logger = new Logger(InFlightWork.name);
  private readonly refusals = new MinuteLog<true>((count) =>
    this.logger.warn(`Too much is waiting; requests and events refused: ${count}.`),
  );
  private count = 0;
  private draining = false;
  private readonly whenIdle: (() => void)[] = [];
  private readonly byOwner = new Map<object, number>();
  private readonly whenDone = new Map<object, (() => void)[]>();

  /** Events have return times of their own: the thousands that busy sockets hold would otherwise delay all requests. */
  private readonly eventReturns: ReturnTimes;
  private readonly requestReturns: ReturnTimes;

  constructor(private readonly budget = new WorkBudget()) {
    this.eventReturns = new ReturnTimes(budget.maxEmptyPieces);
    this.requestReturns = new ReturnTimes(budget.maxEmptyPieces);
  }

  get isDraining(): boolean {
    return this.draining;
  }

  /**
   * Begins a piece of work; one `endWork` with the same arguments must follow.
   * @param bytes size of its payload
   * @param owner the socket of an event, for callers that wait for the socket's work; a request has none
   * @throws ShuttingDownError once draining has begun
   * @throws UnavailableError when too much is in flight, of the owner or in total; nothing is begun then
   */
  beginWork(bytes = 0, owner?: object): void {
    if (this.draining) throw new ShuttingDownError();
    if ((owner && this.hasItsShare(owner)) || !this.budget.takeBytes(bytes))
      this.throwRefusal(owner ? this.eventReturns : this.requestReturns);
    this.count += 1;
    if (owner) this.byOwner.set(owner, (this.byOwner.get(owner) ?? 0) + 1);
  }

  endWork(bytes = 0, owner?: object): void {
    this.budget.giveBackBytes(bytes);
    this.endOwnWork();
    if (owner) this.ownerEnd(owner);
  }

  /** Begins work that the server does after a request, allowed while draining too; an end of it must follow. */
  beginOwnWork(): void {
    this.count += 1;
  }

  endOwnWork(): void {
    this.count -= 1;
    if (this.count === 0) for (const resolve of this.whenIdle.splice(0)) resolve();
  }

  /** Resolves when no work of this owner is in flight. */
  async workOfOwnerEnded(owner: object): Promise<void> {
    if (!this.byOwner.has(owner)) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const waiting = this.whenDone.get(owner);
    if (waiting) waiting.push(resolve);
    else this.whenDone.set(owner, [resolve]);
    await promise;
  }

  /** Refuses new work from now on; resolves when all work in flight has ended. */
  async drainWork(): Promise<void> {
    this.draining = true;
    if (this.count > 0) await new Promise<void>((resolve) => this.whenIdle.push(resolve));
  }

  /**
   * Without this share the events of a few sockets, as after an outage, would fill the budget before other clients are
   * served.
   */
  private hasItsShare(owner: object): boolean {
    const { usedShare, maxEmptyPieces } = this.budget;
    return usedShare >= CROWDED && (this.byOwner.get(owner) ?? 0) >= maxEmptyPieces * SHARE;
  }

  private throwRefusal(returns: ReturnTimes): never {
    this.refusals.logDetail(true);
    throw new UnavailableError(OVERLOAD_MESSAGE, undefined, returns.nextReturnTime(performance.now()));
  }

  private ownerEnd(owner: object): void {
    const left = (this.byOwner.get(owner) ?? 1) - 1;
    if (left > 0) {
      this.byOwner.set(owner, left);
      return;
    }
    this.byOwner.delete(owner);
    for (const resolve of this.whenDone.get(owner) ?? []) resolve();
    this.whenDone.delete(owner);
  }
}
