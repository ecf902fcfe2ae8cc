import type { Conversation, ServerEvents } from '../contract.ts';
import { CauserieError } from '../errors/causerie-error.ts';
import type { Heads } from '../link/link.ts';
import { type AnyEvent, applyEvent } from './apply-event.ts';
import type { ChangesPage } from './create-changes.ts';
import type { Rooms } from './create-rooms.ts';
import type { Tracks } from './create-tracks.ts';
import { persist } from './persist.ts';
import { quiet } from './quiet.ts';
import { receivePosition, type Row } from './row.ts';
import type { Scope } from './scope.ts';
import { REORDERING } from './reordering.ts';

/** Conversations that are read one by one after a break, at most. */
const ROWS = 20;

/** What follows from events and breaks for the other parts. */
export interface SyncHooks {
  /** Reads the list until these are in it. */
  readonly refreshList: (changed: ReadonlySet<string>) => Promise<void>;
  readonly onRemoved: (id: string, error: CauserieError, reason: string | null) => void;
  /**
   * An observed conversation may have missed what no `rev` tells of.
   * @param since the change up to which all was known before; null when not all changes since then were read
   */
  readonly onBack: (id: string, since: number | null) => void;
  /** Everything that was missed is there. */
  readonly onReady: () => void;
}

export interface Sync {
  /** This user is no longer a member: nothing of the conversation stays. */
  readonly drop: (id: string, error?: CauserieError) => void;
  /** A page of changes has the conversation as it is now. */
  readonly onChanges: (page: ChangesPage) => void;
  /** The server does not accept cursors of the state that is held. */
  readonly restart: () => void;
  readonly clear: () => void;
}

/** Applies events, and reads what was missed after a break. */
export function createSync(scope: Scope, rooms: Rooms, tracks: Tracks, hooks: SyncHooks): Sync {
  const { clock, directory, onEvent, onOnline, userId } = scope;
  const reading = new Set<string>();
  /** Announced in this connection: the answer to `join_all` may be older. */
  const added = new Set<string>();
  /** The newest `lastSeq` of each conversation that is known. */
  const heads = new Map<string, number>();
  /** Conversations whose missed messages the list does not have yet. */
  const missed = new Set<string>();
  let connections = 0;

  function drop(id: string, error = gone(), reason: string | null = null): void {
    for (const [one, { conversation }] of directory.rows.getSnapshot()) {
      if (conversation.parent?.conversationId === id) forget(one, error, reason);
    }
    forget(id, error, reason);
  }

  function forget(id: string, error: CauserieError, reason: string | null): void {
    directory.remove(id);
    tracks.of(id).close(error);
    rooms.leave(id);
    heads.delete(id);
    missed.delete(id);
    hooks.onRemoved(id, error, reason);
  }

  onEvent((name, payload) => {
    if (name === 'ready') added.clear();
    if (name === 'conversation_removed') {
      const removal = payload as ServerEvents['conversation_removed'];
      drop(removal.conversationId, gone(), removal.reason);
    } else if (name === 'conversation_added') void add(payload as Conversation);
    else if (name === 'user_updated') rename(payload as ServerEvents['user_updated']);
    else {
      const { conversationId: id, rev = 0, prevRev = rev - 1 } = (payload ?? {}) as AnyEvent;
      const row = id === undefined ? undefined : directory.get(id);
      applyEvent(name, payload, { directory, tracks, userId: userId() });
      if (!row || id === undefined) return;
      noteMe(id, row);
      if (prevRev > row.conversation.rev && !tracks.of(id).isOpen()) readSoon(id);
    }
  });

  /** A later membership sees other messages; cleared ones are not seen any more. */
  function noteMe(id: string, before: Row | undefined): void {
    const me = directory.get(id)?.conversation.me;
    const track = tracks.of(id);
    if (!me || !track.isOpen()) return;
    if (before && before.conversation.me.joinedAt !== me.joinedAt) reopen(id);
    else if (me.visibleFromSeq) track.apply({ kind: 'visible-from', seq: me.visibleFromSeq });
  }

  function reopen(id: string): void {
    const track = tracks.of(id);
    track.close();
    if (tracks.isObserved(id)) void quiet(track.place('latest', 'opening'));
  }

  /** What is missing of a conversation without messages is read, unless it comes late. */
  function readSoon(id: string): void {
    if (reading.has(id)) return;
    reading.add(id);
    clock.setTimer(REORDERING, () => {
      reading.delete(id);
      void readRow(id);
    });
  }

  function rename({ userId: id, displayName, avatarUrl }: ServerEvents['user_updated']): void {
    for (const [one, { conversation }] of directory.rows.getSnapshot()) {
      if (conversation.direct?.user.id !== id) continue;
      const direct = { user: { id, displayName, avatarUrl } };
      directory.update(one, (row) => ({ ...row, conversation: { ...row.conversation, direct } }));
    }
  }

  /** Who is added joins; what has happened before that is read. */
  async function add(conversation: Conversation): Promise<void> {
    const { id } = conversation;
    const before = directory.get(id);
    added.add(id);
    directory.put(conversation);
    noteMe(id, before);
    rooms.leave(id);
    const head = await rooms.join(id).catch(() => null);
    if (head && head.rev > conversation.rev) await readRow(id);
  }

  /** After a failure it goes on until there is another connection. */
  function keepOn(work: () => Promise<void>): Promise<void> {
    const mine = connections;
    return persist(clock, work, () => mine === connections);
  }

  function readRow(id: string): Promise<void> {
    return keepOn(() => scope.readRow(id));
  }

  async function refreshList(): Promise<void> {
    const changed = new Set(missed);
    await hooks.refreshList(changed);
    for (const id of changed) missed.delete(id);
  }

  onOnline(async (joined) => {
    connections += 1;
    const isOtherEpoch = rooms.begin(joined);
    if (isOtherEpoch) beginAnew();
    applyHeads(joined);
    const found = new Map(joined.conversations.map((head) => [head.conversationId, head]));
    if (!joined.truncated) removeOthers(found);
    const known = new Map(tracks.open().map(([id, { state }]) => [id, state.getSnapshot()]));
    const catchUps = tracks.open().map(async ([id, track]) => {
      const head = found.get(id) ?? (await rooms.join(id).catch(() => null));
      if (head) track.apply({ kind: 'joined', rev: head.rev, lastSeq: head.lastSeq });
      await track.catchUp();
    });
    const before = directory.rows.getSnapshot();
    await Promise.allSettled([keepOn(refreshList), ...catchUps]);
    // Settings and members that have changed, and what the list was too early for.
    const older = joined.conversations.filter(({ conversationId: id, rev }) => {
      const row = directory.get(id);
      return row && row.conversation.rev < rev && !tracks.of(id).isOpen();
    });
    await Promise.all(older.slice(0, ROWS).map((head) => readRow(head.conversationId)));
    for (const [id, { state }] of tracks.open()) {
      noteMe(id, before.get(id));
      const held = known.get(id);
      const isKept = held?.load === state.getSnapshot().load;
      if (tracks.isObserved(id)) hooks.onBack(id, isKept ? held.cursor : null);
    }
    hooks.onReady();
  });

  function removeOthers(found: ReadonlyMap<string, unknown>): void {
    for (const [id, { conversation }] of directory.rows.getSnapshot()) {
      const parent = conversation.parent?.conversationId;
      if (!found.has(parent ?? id) && !added.has(id)) drop(id);
    }
  }

  /** Notes the conversations in which messages have been missed. */
  function applyHeads({ conversations }: Heads): void {
    const isFirst = heads.size === 0;
    for (const { conversationId: id, lastSeq, unreadCount, mentionCount } of conversations) {
      const row = directory.get(id);
      const known = row?.conversation.lastSeq ?? heads.get(id);
      if (lastSeq > (known ?? 0) && !(isFirst && known === undefined)) missed.add(id);
      heads.set(id, lastSeq);
      directory.update(id, (before) => {
        const { me, lastSeq: knownSeq } = before.conversation;
        const conversation = { ...before.conversation, lastSeq: Math.max(knownSeq, lastSeq) };
        const next = { ...before, conversation };
        const lastReadSeq = lastSeq - unreadCount;
        if (lastReadSeq < me.lastReadSeq) return next;
        return receivePosition(next, { lastReadSeq, unreadCount, mentionCount });
      });
    }
  }

  /** The database was restored: nothing that is held can be compared with it. */
  function beginAnew(): void {
    directory.clear();
    heads.clear();
    missed.clear();
    for (const [id] of tracks.open()) reopen(id);
  }

  return {
    drop,
    onChanges({ conversation }) {
      const before = directory.get(conversation.id);
      directory.put(conversation);
      noteMe(conversation.id, before);
    },
    restart() {
      rooms.reset();
      beginAnew();
    },
    clear() {
      connections += 1;
      heads.clear();
      missed.clear();
      for (const [, track] of tracks.open()) track.close();
      directory.clear();
    },
  };
}

const gone = (): CauserieError => new CauserieError('NOT_CONVERSATION_MEMBER');
