import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { guardListener } from '../../../../common/application/guard-listener.js';
import { RoomEmitterPort } from '../../../../common/application/ports/room-emitter.port.js';

/** Between two `message_read` of one member in one conversation. */
const INTERVAL_MS = 1_000;

/** A second that began with a position being told. */
interface Second {
  emitted: number;
  latest: number;
  readonly timer: NodeJS.Timeout;
}

/**
 * Tells rooms how far their members have read: the first position at once, then at most one a second, the
 * furthest. Remembers only those who were told of within the last second.
 */
@Injectable()
export class ReadReceipts implements OnApplicationShutdown {
  private readonly seconds = new Map<string, Second>();

  constructor(private readonly rooms: RoomEmitterPort) {}

  get size(): number {
    return this.seconds.size;
  }

  tell(conversationId: string, userId: string, lastReadSeq: number): void {
    const key = `${conversationId} ${userId}`;
    const second = this.seconds.get(key);
    if (second) {
      second.latest = Math.max(second.latest, lastReadSeq);
      return;
    }
    const emit = (seq: number) =>
      this.rooms.emit(conversationId, 'message_read', { conversationId, userId, lastReadSeq: seq });
    const end = guardListener(() => this.end(key, emit));
    const timer = setTimeout(end, INTERVAL_MS).unref();
    this.seconds.set(key, { emitted: lastReadSeq, latest: lastReadSeq, timer });
    emit(lastReadSeq);
  }

  onApplicationShutdown(): void {
    for (const { timer } of this.seconds.values()) clearTimeout(timer);
    this.seconds.clear();
  }

  private end(key: string, emit: (lastReadSeq: number) => void): void {
    const second = this.seconds.get(key);
    if (!second || second.latest === second.emitted) {
      this.seconds.delete(key);
      return;
    }
    second.emitted = second.latest;
    second.timer.refresh();
    emit(second.latest);
  }
}
