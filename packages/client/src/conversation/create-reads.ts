import type { ServerEvents } from '../contract.ts';
import { createKeyed, type Keyed } from '../observable/keyed.ts';
import { presentMe, receivePosition } from '../sync/row.ts';
import type { Scope } from '../sync/scope.ts';

/** Milliseconds between two positions that are sent. */
const REPEAT = 1_000;

export interface Reads {
  /** How far the others have read, by user. */
  readonly others: Keyed<ReadonlyMap<string, number>>;
  /** Positions only go forward. */
  readonly note: (conversationId: string, positions: Iterable<readonly [string, number]>) => void;
  readonly markRead: (conversationId: string, seq?: number) => void;
  /** Reads the positions that have moved since. @returns whether these are all */
  readonly readMoved: (conversationId: string, since: number) => Promise<boolean>;
  /** There is a connection: sends what could not be sent. */
  readonly flush: () => void;
  readonly clear: () => void;
}

/** How far members have read. */
export function createReads({ clock, directory, emit, noteGone, onEvent, request, userId }: Scope): Reads {
  const others = createKeyed<ReadonlyMap<string, number>>(new Map());
  /** Positions of one's own that the server does not know yet. */
  const unsent = new Map<string, number>();
  const paused = new Set<string>();

  function note(conversationId: string, positions: Iterable<readonly [string, number]>): void {
    const store = others.of(conversationId);
    const next = new Map(store.getSnapshot());
    let isChanged = false;
    for (const [user, seq] of positions) {
      if (user === userId() || seq <= (next.get(user) ?? 0)) continue;
      next.set(user, seq);
      isChanged = true;
    }
    if (isChanged) store.set(next);
  }

  onEvent((name, payload) => {
    if (name === 'message_read') {
      const event = payload as ServerEvents['message_read'];
      note(event.conversationId, [[event.userId, event.lastReadSeq]]);
    } else if (name === 'new_message') {
      const { conversationId, senderId, seq } = payload as ServerEvents['new_message'];
      note(conversationId, [[senderId, seq]]);
    }
  });

  async function send(conversationId: string): Promise<void> {
    const seq = unsent.get(conversationId);
    if (seq === undefined || paused.has(conversationId)) return;
    paused.add(conversationId);
    clock.setTimer(REPEAT, () => {
      paused.delete(conversationId);
      void send(conversationId);
    });
    try {
      const { conversationId: _, ...position } = await emit('mark_read', { conversationId, seq });
      if (unsent.get(conversationId) !== seq) return;
      unsent.delete(conversationId);
      directory.update(conversationId, (row) => receivePosition(row, position));
    } catch (error) {
      // It is sent again with the next position, or the next connection.
      noteGone(conversationId, error);
    }
  }

  return {
    others,
    note,
    async readMoved(id, since) {
      const query = { since, limit: 1, events: 'true', reads: 'true' } as const;
      try {
        const { reads, readsTruncated } = await request('GET /chat/conversations/:id/changes', id, { query });
        note(
          id,
          (reads ?? []).map((one) => [one.userId, one.lastReadSeq] as const),
        );
        return reads !== undefined && !readsTruncated;
      } catch {
        // An older server does not know the parameter.
        return false;
      }
    },
    markRead(conversationId, seq) {
      const row = directory.get(conversationId);
      if (!row) return;
      const target = Math.min(seq ?? Infinity, row.conversation.lastSeq);
      const { lastReadSeq, mentionCount = 0 } = presentMe(row);
      if (target <= lastReadSeq) return;
      const unreadCount = row.conversation.lastSeq - target;
      directory.update(conversationId, (one) =>
        receivePosition(one, {
          lastReadSeq: target,
          unreadCount,
          mentionCount: unreadCount && mentionCount,
        }),
      );
      unsent.set(conversationId, target);
      void send(conversationId);
    },
    flush: () => [...unsent.keys()].forEach((id) => void send(id)),
    clear() {
      others.clear();
      unsent.clear();
    },
  };
}
