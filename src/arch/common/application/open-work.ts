import { ShuttingDownError } from '../domain/errors/shutting-down.error.js';

/** Requests and socket events under way, so that a shutdown can finish them and refuse new ones. */
export class OpenWork {
  private count = 0;
  private draining = false;
  private readonly whenIdle: (() => void)[] = [];
  private readonly byOwner = new Map<object, number>();
  private readonly whenDone = new Map<object, (() => void)[]>();

  get isDraining(): boolean {
    return this.draining;
  }

  /**
   * Every `begin` is followed by one `end` of the same owner.
   * @param owner whose work it is, for those who wait until it has none
   * @throws ShuttingDownError once draining has begun
   */
  begin(owner?: object): void {
    if (this.draining) throw new ShuttingDownError();
    this.count += 1;
    if (owner) this.byOwner.set(owner, (this.byOwner.get(owner) ?? 0) + 1);
  }

  end(owner?: object): void {
    this.count -= 1;
    if (this.count === 0) for (const resolve of this.whenIdle.splice(0)) resolve();
    if (owner) this.endOf(owner);
  }

  /** Resolves when nothing of this owner's is under way. */
  async done(owner: object): Promise<void> {
    if (!this.byOwner.has(owner)) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const waiting = this.whenDone.get(owner);
    if (waiting) waiting.push(resolve);
    else this.whenDone.set(owner, [resolve]);
    await promise;
  }

  /** Refuses new work from now on; resolves when what is under way has ended. */
  async drain(): Promise<void> {
    this.draining = true;
    if (this.count > 0) await new Promise<void>((resolve) => this.whenIdle.push(resolve));
  }

  private endOf(owner: object): void {
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
