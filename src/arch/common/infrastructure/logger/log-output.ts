import { write, writeSync } from 'node:fs';
import type { DestinationStream } from 'pino';
import { guardListener } from '../../application/guard-listener.js';

interface Limits {
  /** Maximum characters of waiting lines; further lines are dropped. */
  readonly waiting: number;
  /** Milliseconds before a failed write is repeated. */
  readonly pause: number;
  /** The same for a full pipe, whose reader may only be slow. */
  readonly pipePause: number;
  /** Maximum milliseconds that the end of the process waits for a full pipe. */
  readonly farewell: number;
}

const LIMITS: Limits = { waiting: 4_194_304, pause: 250, pipePause: 5, farewell: 1_000 };
/** Maximum characters of one write. */
const CHUNK = 65_536;
const NOTHING = Buffer.alloc(0);

/**
 * The destination of log lines. It never fails and never waits, even with a full disk or a reader that has ended or
 * does not read, and holds a bounded number of lines: further ones are counted, and their number is logged when there
 * is room again.
 */
export class LogOutput implements DestinationStream {
  private waiting: string[] = [];
  private waitingLength = 0;
  private dropped = 0;
  /** The data that is being written, or will be written again; after a partial write the rest of it. */
  private chunk = NOTHING;
  private isBusy = false;
  private isWriting = false;
  private isEnding = false;
  private isFinished = false;
  private writeEnded: (() => void) | undefined;

  /**
   * @param file file descriptor
   * @param logDropped logs the number of dropped lines
   */
  constructor(
    private readonly file: number,
    private readonly logDropped: (dropped: number) => void,
    private readonly limits = LIMITS,
  ) {}

  write(line: string): void {
    if (this.waitingLength + line.length > this.limits.waiting) {
      this.dropped += 1;
      return;
    }
    this.waiting.push(line);
    this.waitingLength += line.length;
    if (!this.isBusy) this.writeOn();
  }

  /**
   * Begins no further write in the background: `flushLines` writes what waits.
   * @returns resolves when no write is in flight, which could otherwise come after the lines of `flushLines`
   */
  async endWriting(): Promise<void> {
    this.isEnding = true;
    if (this.isWriting) await new Promise<void>((resolve) => (this.writeEnded = resolve));
  }

  /**
   * Writes as many lines as possible at the end of the process. Later writes are not repeated: the descriptor may
   * belong to another file by then.
   */
  flushLines(): void {
    this.isBusy = this.isFinished = true;
    // A write in flight is completed by the system, or fails.
    if (this.isWriting) this.chunk = NOTHING;
    const deadline = performance.now() + this.limits.farewell;
    for (this.writeNextLines(); this.chunk.length > 0; this.writeNextLines()) {
      try {
        this.discardWritten(writeSync(this.file, this.chunk));
      } catch (error) {
        if (!isFullPipe(error) || performance.now() > deadline) return;
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, this.limits.pipePause);
      }
    }
  }

  private readonly writeOn = guardListener(() => {
    if (this.isEnding || this.isFinished) return;
    this.writeNextLines();
    this.isBusy = this.chunk.length > 0;
    if (!this.isBusy) return;
    this.isWriting = true;
    write(this.file, this.chunk, this.written);
  });

  private readonly written = guardListener((error: Error | null, bytes: number) => {
    this.isWriting = false;
    this.writeEnded?.();
    if (this.isFinished) return;
    if (error) {
      setTimeout(this.writeOn, isFullPipe(error) ? this.limits.pipePause : this.limits.pause).unref();
      return;
    }
    this.discardWritten(bytes);
    this.writeOn();
  });

  private discardWritten(bytes: number): void {
    this.chunk = this.chunk.subarray(bytes);
    if (this.dropped === 0 || this.chunk.length > 0) return;
    // This makes room for the line about the dropped ones.
    this.writeNextLines();
    const { dropped } = this;
    this.dropped = 0;
    this.logDropped(dropped);
  }

  /** Takes the next lines when the previous ones have been written. */
  private writeNextLines(): void {
    if (this.chunk.length > 0 || this.waiting.length === 0) return;
    let [count, length] = [0, 0];
    for (const line of this.waiting) {
      if (length >= CHUNK) break;
      length += line.length;
      count += 1;
    }
    this.chunk = Buffer.from(this.waiting.splice(0, count).join(''));
    this.waitingLength -= length;
  }
}

/** Whether a non-blocking pipe, such as `process.stdout` sets up, is full. */
function isFullPipe(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EAGAIN';
}
