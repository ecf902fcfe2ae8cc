import type { Socket } from 'node:net';

/** One direction of a connection with latency; the bytes stay in order, also when the latency changes. */
export class DelayedWay {
  private readonly waiting: { readonly due: number; readonly bytes: Buffer | string }[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly to: Socket) {}

  /** @param latency milliseconds */
  send(bytes: Buffer | string, latency: number): void {
    if (latency === 0 && this.waiting.length === 0) {
      this.to.write(bytes);
      return;
    }
    this.waiting.push({ due: performance.now() + latency, bytes });
    this.timer ??= setTimeout(() => this.deliver(), latency);
  }

  private deliver(): void {
    this.timer = undefined;
    const late = this.waiting.findIndex(({ due }) => due > performance.now());
    const due = this.waiting.splice(0, late === -1 ? this.waiting.length : late);
    for (const { bytes } of this.to.destroyed ? [] : due) this.to.write(bytes);
    const [next] = this.waiting;
    if (next) this.timer = setTimeout(() => this.deliver(), Math.max(1, next.due - performance.now()));
  }
}
