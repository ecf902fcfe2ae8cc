import { write, writeSync } from 'node:fs';
import type { DestinationStream } from 'pino';
import { guardListener } from '../../application/guard-listener.js';

interface Limits {
  /** Characters of lines that wait; beyond, they are dropped. */
  readonly waiting: number;
  /** Milliseconds after which what could not be written is tried again. */
  readonly pause: number;
  /** The same for a pipe that is full, whose reader may only be slow. */
  readonly pipePause: number;
  /** Milliseconds that the end of the process waits for a full pipe. */
  readonly farewell: number;
}

const LIMITS: Limits = { waiting: 4_194_304, pause: 250, pipePause: 5, farewell: 1_000 };
/** Characters that are written at once. */
const CHUNK = 65_536;
const NOTHING = Buffer.alloc(0);

/**
 * Where the lines of the log go. Whatever becomes of it (a full disk, a reader that is gone or does not read), it never
 * fails, never waits and holds a bounded number of lines: the others are counted, and told of when there is room again.
 */
export class LogOutput implements DestinationStream {
  private waiting: string[] = [];
  private waitingLength = 0;
  private dropped = 0;
  /** What is being written, or tried again; the rest of a line that was written in part is the first of it. */
  private chunk = NOTHING;
  private isBusy = false;
  private isWriting = false;
  private isFinished = false;

  /**
   * @param file its descriptor
   * @param tell writes a line that so many others were dropped
   */
  constructor(
    private readonly file: number,
    private readonly tell: (dropped: number) => void,
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

  /** At the end of the process: as much as there is room for, at once. Nothing is tried again afterwards: the descriptor may be another's. */
  flushLines(): void {
    this.isBusy = this.isFinished = true;
    // What the system is writing already it brings to its end, or cannot.
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
    if (this.isFinished) return;
    this.writeNextLines();
    this.isBusy = this.chunk.length > 0;
    if (!this.isBusy) return;
    this.isWriting = true;
    write(this.file, this.chunk, this.written);
  });

  private readonly written = guardListener((error: Error | null, bytes: number) => {
    this.isWriting = false;
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
    // Makes room for the line that tells of it.
    this.writeNextLines();
    const { dropped } = this;
    this.dropped = 0;
    this.tell(dropped);
  }

  /** Takes the next lines when those before are written. */
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

/** Of a pipe that is set not to block, as `process.stdout` sets it. */
function isFullPipe(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EAGAIN';
}
