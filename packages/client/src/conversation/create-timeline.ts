import type { Pending } from '../api/pending.ts';
import type { Timeline, TimelineItem, TimelineState } from '../api/timeline.ts';
import type { Message } from '../contract.ts';
import { isStale } from '../merge/catch-up.ts';
import { lastOf, type MergeState, type Row } from '../merge/merge-state.ts';
import type { Observable } from '../api/observable.ts';
import { derived, sameList } from '../observable/derived.ts';
import type { Tracks } from '../sync/create-tracks.ts';
import { quiet } from '../sync/quiet.ts';

interface TimelineParts {
  readonly tracks: Tracks;
  readonly pending: Observable<readonly Pending[]>;
  readonly userId: () => string | null;
  /** Reads the conversation, unless it is known. */
  readonly readRow: () => Promise<void>;
  /** The `seq` of the first message that is not read; null when all are. */
  readonly firstUnread: () => number | null;
}

export function createTimeline(
  id: string,
  { tracks, pending, userId, readRow, firstUnread }: TimelineParts,
): Timeline {
  const track = tracks.of(id);
  const { state, loading } = track;
  /** The item of each row and of each pending message, so that what has not changed is the same. */
  const known = new WeakMap<object, TimelineItem>();
  let opening: Promise<void> | null = null;

  function itemOf(row: Row): TimelineItem {
    const { message, own } = row;
    const item = known.get(row) ?? { kind: 'message', key: keyOf(message, userId()), message, own };
    known.set(row, item);
    return item;
  }

  function pendingItem(one: Pending): TimelineItem {
    const item = known.get(one) ?? { kind: 'pending', key: one.clientMessageId, pending: one };
    known.set(one, item);
    return item;
  }

  const items = derived<readonly TimelineItem[]>([state, pending], (before) => {
    const held = state.getSnapshot();
    const stored = held.rows.map(itemOf);
    // Also before anything is loaded: what has just been sent is seen at once.
    if (!held.follows && stored.length > 0) return sameList(before, stored);
    // What is stored already may not be confirmed yet.
    const keys = new Set(stored.map(({ key }) => key));
    const waiting = [...arriving(held, userId()), ...pending.getSnapshot()].filter(
      ({ clientMessageId }) => !keys.has(clientMessageId) && keys.add(clientMessageId),
    );
    return sameList(before, [...stored, ...waiting.map(pendingItem)]);
  });

  const shown = derived<TimelineState>([items, state, loading], () => {
    const held = state.getSnapshot();
    return {
      items: items.getSnapshot(),
      first: held.first,
      last: lastOf(held),
      lastSeq: held.lastSeq,
      atStart: held.atStart,
      atEnd: held.follows,
      ...loading.getSnapshot(),
      stale: isStale(held),
    };
  });

  function isHeld(place: number | 'latest'): boolean {
    const held = state.getSnapshot();
    return place === 'latest' ? held.follows : place >= held.first && place <= lastOf(held);
  }

  async function open(at?: number | 'latest' | 'unread'): Promise<void> {
    const isEmpty = !track.isOpen() || state.getSnapshot().rows.length === 0;
    if (at === undefined && (!isEmpty || isHeld('latest'))) return;
    const reading = quiet(readRow());
    if (at === 'unread') await reading;
    const place = at === 'unread' ? (firstUnread() ?? 'latest') : (at ?? 'latest');
    if (!isHeld(place)) await track.place(place, isEmpty ? 'opening' : 'jump');
  }

  return {
    ...shown,
    subscribe(onChange) {
      const ends = [tracks.observe(id), shown.subscribe(onChange)];
      return () => ends.forEach((end) => end());
    },
    open(at) {
      tracks.use(id);
      if (at === undefined && opening) return opening;
      const mine = quiet(
        open(at).finally(() => {
          if (opening === mine) opening = null;
        }),
      );
      opening = mine;
      return mine;
    },
    loadOlder: () => quiet(track.load('before')),
    loadNewer: () => quiet(track.load('after')),
    jumpTo(place) {
      tracks.use(id);
      return quiet(isHeld(place) ? Promise.resolve() : track.place(place, 'jump'));
    },
    trim: (keep) => track.apply({ kind: 'trim', first: keep.first, last: keep.last }),
  };
}

/** One's own messages keep the id that they were sent with. */
const keyOf = ({ id, senderId, clientMessageId }: Message, userId: string | null): string =>
  senderId === userId && clientMessageId !== null ? clientMessageId : id;

/** Confirmed messages of one's own that wait for earlier ones are shown as they were before. */
function arriving({ kept, follows }: MergeState, userId: string | null): Pending[] {
  if (!follows) return [];
  return [...kept.values()]
    .filter(({ message }) => message.senderId === userId && message.clientMessageId !== null)
    .map(({ message: { conversationId, clientMessageId, content, createdAt } }) => ({
      conversationId,
      clientMessageId: clientMessageId ?? '',
      content,
      createdAt,
      status: 'sending',
      error: null,
      attempts: 1,
    }));
}
