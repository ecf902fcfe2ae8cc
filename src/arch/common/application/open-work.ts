import { ShuttingDownError } from '../domain/errors/shutting-down.error.js';

/** Requests and socket events under way, so that a shutdown can finish them and refuse new ones. */
export class OpenWork {
  private count = 0;
  private draining = false;
  private readonly whenIdle: (() => void)[] = [];

  get isDraining(): boolean {
    return this.draining;
  }

  /** @throws ShuttingDownError once draining has begun. Every `begin` is followed by one `end`. */
  begin(): void {
    if (this.draining) throw new ShuttingDownError();
    this.count += 1;
  }

  end(): void {
    this.count -= 1;
    if (this.count === 0) for (const resolve of this.whenIdle.splice(0)) resolve();
  }

  /** Refuses new work from now on; resolves when what is under way has ended. */
  async drain(): Promise<void> {
    this.draining = true;
    if (this.count > 0) await new Promise<void>((resolve) => this.whenIdle.push(resolve));
  }
}
