import type { Socket } from 'node:net';
import { Logger } from '@nestjs/common';
import { RateLimitedError } from '../../../domain/errors/rate-limited.error.js';
import type { ConnectionLimits } from '../security/connection-limits.js';

/** A client, and how many bytes of its answers may wait to be read, over all its connections. */
export interface Share {
  readonly key: string;
  readonly limit: number;
}

interface Backlog extends Share {
  bytes: number;
  /** The time of the last check that found progress. */
  since: number;
  /** Requests that wait until less is unread; undefined for most clients. */
  held?: Set<(refusal?: RateLimitedError) => void>;
}

/** A connection with answers that have not been sent completely. */
interface Reader {
  bytes: number;
  answers: number;
  readonly backlogs: Set<Backlog>;
  /** Bytes that the system had taken at the last check, and the time since when that has not changed. */
  taken: number;
  since: number;
}

/** libuv's counters of a connection: bytes written to it, and those of them that the system has not taken. */
interface Handle {
  readonly bytesWritten: number;
  readonly writeQueueSize: number;
}

type Limits = Pick<ConnectionLimits, 'maxUnread' | 'unreadTimeout' | 'idleTimeout'>;

/** Computed answers that wait for their clients to read them. */
export class UnreadAnswers {
  private readonly logger = new Logger(UnreadAnswers.name);
  private readonly backlogs = new Map<string, Backlog>();
  private readonly readers = new Map<Socket, Reader>();
  private crowded = 0;

  constructor(private readonly limits: Limits) {}

  /** Whether a client leaves too much unread: requests have to call `answersTaken` then. */
  get isCrowded(): boolean {
    return this.crowded > 0;
  }

  /** @returns a function to call, once, when the answer has been sent or its connection is closed */
  countAnswer(connection: Socket, shares: readonly Share[], bytes: number): () => void {
    const reader = this.readers.get(connection) ?? newReader(connection);
    this.readers.set(connection, reader);
    const backlogs = shares.map((share) => this.backlogOf(share));
    reader.bytes += bytes;
    reader.answers += 1;
    for (const backlog of backlogs) {
      reader.backlogs.add(backlog);
      this.changeBacklog(backlog, bytes);
    }
    return () => {
      reader.bytes -= bytes;
      reader.answers -= 1;
      if (reader.answers === 0) this.readers.delete(connection);
      for (const backlog of backlogs) this.changeBacklog(backlog, -bytes);
    };
  }

  /**
   * Resolves when none of these clients leaves too much unread.
   * @throws RateLimitedError when a client makes no progress
   */
  async answersTaken(shares: readonly Share[]): Promise<void> {
    if (!this.isCrowded) return;
    for (const { key } of shares) {
      const backlog = this.backlogs.get(key);
      if (backlog && isOver(backlog)) await this.whenTaken(backlog);
    }
  }

  /**
   * Cuts connections that make no progress: at once when too much waits, otherwise after the idle timeout of any
   * connection.
   */
  cutSlowReaders(): void {
    const now = performance.now();
    this.cutReaders(now);
    for (const backlog of this.backlogs.values()) {
      if (now - backlog.since >= this.limits.unreadTimeout) refuse(backlog, this.limits.unreadTimeout);
    }
  }

  private cutReaders(now: number): void {
    for (const [connection, reader] of this.readers) {
      const taken = takenOf(connection);
      if (taken !== reader.taken) {
        reader.taken = taken ?? reader.taken;
        reader.since = now;
        for (const backlog of reader.backlogs) backlog.since = now;
        continue;
      }
      const tooMuch = reader.bytes > this.limits.maxUnread || [...reader.backlogs].some(isOver);
      if (now - reader.since < (tooMuch ? this.limits.unreadTimeout : this.limits.idleTimeout)) continue;
      connection.destroy();
      this.logger.log('A client that does not read its answers was disconnected.');
    }
  }

  private backlogOf(share: Share): Backlog {
    const known = this.backlogs.get(share.key);
    if (known) return known;
    const backlog = { key: share.key, limit: share.limit, bytes: 0, since: performance.now() };
    this.backlogs.set(share.key, backlog);
    return backlog;
  }

  private changeBacklog(backlog: Backlog, bytes: number): void {
    const before = isOver(backlog);
    backlog.bytes += bytes;
    const after = isOver(backlog);
    if (before !== after) this.crowded += after ? 1 : -1;
    if (!after && backlog.held) for (const go of backlog.held) go();
    // A new backlog of the same client must stay.
    if (backlog.bytes === 0 && this.backlogs.get(backlog.key) === backlog) this.backlogs.delete(backlog.key);
  }

  private whenTaken(backlog: Backlog): Promise<void> {
    const held = (backlog.held ??= new Set());
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const go = (refusal?: RateLimitedError): void => {
      held.delete(go);
      if (refusal) reject(refusal);
      else resolve();
    };
    held.add(go);
    return promise;
  }
}

function refuse({ held = new Set() }: Backlog, retryAfter: number): void {
  for (const go of held) go(new RateLimitedError(retryAfter, 'Too much of what you asked for is unread.'));
}

const isOver = ({ bytes, limit }: Backlog): boolean => bytes > limit;

function newReader(connection: Socket): Reader {
  const taken = takenOf(connection) ?? 0;
  return { bytes: 0, answers: 0, backlogs: new Set(), taken, since: performance.now() };
}

/**
 * Bytes that the system has taken so far, also of a write in flight; null when nothing waits for the client: an answer
 * behind one that is still being computed cannot be read yet.
 */
function takenOf(connection: Socket): number | null {
  const { _handle: handle } = connection as Socket & { readonly _handle?: Handle | null };
  if (!handle || (handle.writeQueueSize === 0 && connection.writableLength === 0)) return null;
  return handle.bytesWritten - handle.writeQueueSize;
}
