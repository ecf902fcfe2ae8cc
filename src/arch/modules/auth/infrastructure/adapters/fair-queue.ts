import { RateLimitedError } from '../../../../common/domain/errors/rate-limited.error.js';
import { UnavailableError } from '../../../../common/domain/errors/unavailable.error.js';

/** How much may run at once, and how much may wait for it: in all, of one address, of one account. */
export interface QueueBounds {
  readonly running: number;
  readonly waiting: number;
  readonly waitingOfAddress: number;
  readonly waitingOfAccount: number;
}

/** In whose name something waits. */
export interface Owner {
  readonly address: string;
  readonly account: string;
}

interface Waiting {
  readonly account: string;
  readonly start: () => void;
}

/** Milliseconds until a caller whose surplus was refused may find room. */
const ROOM_AFTER = 1_000;

/** Work that costs much and can be asked for by anybody: addresses take turns, however much one of them asks for. */
export class FairQueue {
  private running = 0;
  private waiting = 0;
  /** The address whose turn is next comes first. */
  private readonly ofAddress = new Map<string, Waiting[]>();

  constructor(private readonly bounds: QueueBounds) {}

  /** @throws RateLimitedError when the caller's own work fills its share; UnavailableError when everybody's does. */
  async runInTurn<T>(owner: Owner, work: () => Promise<T>): Promise<T> {
    await this.waitForTurn(owner);
    try {
      return await work();
    } finally {
      this.startNext();
    }
  }

  private async waitForTurn({ address, account }: Owner): Promise<void> {
    if (this.running < this.bounds.running) {
      this.running += 1;
      return;
    }
    const own = this.ofAddress.get(address) ?? [];
    if (own.length >= this.bounds.waitingOfAddress || this.waitingOf(account) >= this.bounds.waitingOfAccount)
      throw new RateLimitedError(ROOM_AFTER);
    if (this.waiting >= this.bounds.waiting) throw new UnavailableError();
    this.waiting += 1;
    this.ofAddress.set(address, own);
    await new Promise<void>((start) => own.push({ account, start }));
  }

  /** The place of what has ended passes to what waits. */
  private startNext(): void {
    const [first] = this.ofAddress;
    if (!first) {
      this.running -= 1;
      return;
    }
    const [address, own] = first;
    const next = own.shift();
    this.ofAddress.delete(address);
    if (own.length > 0) this.ofAddress.set(address, own);
    this.waiting -= 1;
    next?.start();
  }

  private waitingOf(account: string): number {
    let count = 0;
    for (const own of this.ofAddress.values()) {
      for (const each of own) if (each.account === account) count += 1;
    }
    return count;
  }
}
