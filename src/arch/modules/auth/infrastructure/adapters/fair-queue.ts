import { RateLimitedError } from '../../../../common/domain/errors/rate-limited.error.js';
import { UnavailableError } from '../../../../common/domain/errors/unavailable.error.js';

/** Maximum work that runs at once, and that waits: in total, of one address, of one account. */
export interface QueueBounds {
  readonly running: number;
  readonly waiting: number;
  readonly waitingOfAddress: number;
  readonly waitingOfAccount: number;
}

/** The client and account that work waits for. */
export interface Owner {
  readonly address: string;
  readonly account: string;
}

interface Waiting {
  readonly account: string;
  readonly start: () => void;
}

/** Milliseconds until a client whose work was refused may find room. */
const ROOM_AFTER = 1_000;

/** A queue for expensive work that any client can request: addresses take turns, however much one of them requests. */
export class FairQueue {
  private running = 0;
  private waiting = 0;
  /** Addresses in the order of their turns. */
  private readonly ofAddress = new Map<string, Waiting[]>();

  constructor(private readonly bounds: QueueBounds) {}

  /** @throws RateLimitedError when the caller's own work fills its share; UnavailableError when the queue is full */
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

  /** Starts waiting work in freed slots. */
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
