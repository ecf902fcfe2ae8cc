import { Logger } from '@nestjs/common';
import { ShuttingDownError } from '../domain/errors/shutting-down.error.js';
import { UnavailableError } from '../domain/errors/unavailable.error.js';
import { MinuteLog } from './minute-log.js';
import { ReturnTimes } from './return-times.js';
import { WorkBudget } from './work-budget.js';

/** The part of the room from which on it is crowded: then no socket has more of it than its share, in pieces of work. */
const CROWDED = 1 / 4;
const SHARE = 1 / 32;

const OVERLOAD_MESSAGE = [{ path: 'server', message: 'Too much is waiting already.' }];

/**
 * Requests and socket events under way: the only way in, so that no more of them wait, wherever inside, than memory
 * has room for, and a shutdown can finish them and refuse new ones.
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

  /** Two lines: the thousands that the sockets of busy clients hold ready would else stand before everybody's requests. */
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
   * Every `begin` is followed by one `end` with the same arguments.
   * @param bytes that it brings along
   * @param owner the socket whose event it is, for those who wait until it has none; a request has none
   * @throws ShuttingDownError once draining has begun
   * @throws UnavailableError when as much is under way as may be, of the owner or in all; nothing is begun then
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

  /** Work of the server's own that its requests leave behind, begun while draining too; `release` follows. */
  beginOwnWork(): void {
    this.count += 1;
  }

  endOwnWork(): void {
    this.count -= 1;
    if (this.count === 0) for (const resolve of this.whenIdle.splice(0)) resolve();
  }

  /** Resolves when nothing of this owner's is under way. */
  async workOfOwnerEnded(owner: object): Promise<void> {
    if (!this.byOwner.has(owner)) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const waiting = this.whenDone.get(owner);
    if (waiting) waiting.push(resolve);
    else this.whenDone.set(owner, [resolve]);
    await promise;
  }

  /** Refuses new work from now on; resolves when what is under way has ended. */
  async drainWork(): Promise<void> {
    this.draining = true;
    if (this.count > 0) await new Promise<void>((resolve) => this.whenIdle.push(resolve));
  }

  /** What a few sockets hold ready, as after an outage, would else fill the room before anybody else is heard. */
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
