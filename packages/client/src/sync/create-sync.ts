import type { Conversation, ServerEvents } from '../contract.ts';
import { CauserieError } from '../errors/causerie-error.ts';
import type { Heads } from '../link/link.ts';
import { applyEvent } from './apply-event.ts';
import type { Rooms } from './create-rooms.ts';
import type { Tracks } from './create-tracks.ts';
import { receivePosition } from './row.ts';
import type { Scope } from './scope.ts';

/** What follows from events and breaks for the other parts. */
export interface SyncHooks {
  /** Reads the list until these are in it. */
  readonly refreshList: (changed: ReadonlySet<string>) => Promise<void>;
  readonly onRemoved: (id: string, error: CauserieError, reason: string | null) => void;
  /** Everything that was missed is there. */
  readonly onReady: () => void;
}

export interface Sync {
  /** This user is no longer a member: nothing of the conversation stays. */
  readonly drop: (id: string, error?: CauserieError) => void;
  /** The server does not accept cursors of the state that is held. */
  readonly restart: () => void;
  readonly clear: () => void;
}

/** Applies events, and reads what was missed after a break. */
export function createSync(scope: Scope, rooms: Rooms, tracks: Tracks, hooks: SyncHooks): Sync {
  const { directory, onEvent, onOnline, userId } = scope;
  /** The newest `lastSeq` of each conversation that is known. */
  const heads = new Map<string, number>();

  function drop(id: string, error = gone(), reason: string | null = null): void {
    for (const [one, { conversation }] of directory.rows.getSnapshot()) {
      if (one === id || conversation.parent?.conversationId === id) forget(one, error, reason);
    }
    forget(id, error, reason);
  }

  function forget(id: string, error: CauserieError, reason: string | null): void {
    directory.remove(id);
    tracks.of(id).close();
    rooms.leave(id);
    heads.delete(id);
    hooks.onRemoved(id, error, reason);
  }

  onEvent((name, payload) => {
    if (name === 'conversation_removed') {
      const removal = payload as ServerEvents['conversation_removed'];
      drop(removal.conversationId, gone(), removal.reason);
    } else if (name === 'conversation_added') void add(payload as Conversation);
    else applyEvent(name, payload, { directory, tracks, userId: userId() });
  });

  /** Who is added joins; what has happened before that is read. */
  async function add(conversation: Conversation): Promise<void> {
    const { id } = conversation;
    directory.put(conversation);
    rooms.leave(id);
    const head = await rooms.join(id).catch(() => null);
    if (head && head.rev > conversation.rev) await readRow(id);
  }

  async function readRow(id: string): Promise<void> {
    try {
      directory.put(await scope.request('GET /chat/conversations/:id', id));
    } catch {
      // The next list has it.
    }
  }

  onOnline(async (joined) => {
    const isOtherEpoch = rooms.begin(joined);
    if (isOtherEpoch) await beginAnew();
    const changed = applyHeads(joined);
    const found = new Map(joined.conversations.map((head) => [head.conversationId, head]));
    if (!joined.truncated) removeOthers(found);
    const catchUps = tracks.open().map(async ([id, track]) => {
      const head = found.get(id) ?? (await rooms.join(id).catch(() => null));
      if (head) track.apply({ kind: 'joined', rev: head.rev, lastSeq: head.lastSeq });
      await track.catchUp();
    });
    await Promise.allSettled([hooks.refreshList(changed), ...catchUps]);
    hooks.onReady();
  });

  function removeOthers(found: ReadonlyMap<string, unknown>): void {
    for (const [id, { conversation }] of directory.rows.getSnapshot()) {
      const parent = conversation.parent?.conversationId;
      if (!found.has(parent ?? id)) drop(id);
    }
  }

  /** Answers the conversations in which messages have been missed. */
  function applyHeads({ conversations }: Heads): Set<string> {
    const changed = new Set<string>();
    const isFirst = heads.size === 0;
    for (const { conversationId: id, lastSeq, unreadCount, mentionCount } of conversations) {
      const row = directory.get(id);
      const known = row?.conversation.lastSeq ?? heads.get(id);
      if (lastSeq > (known ?? 0) && !(isFirst && known === undefined)) changed.add(id);
      heads.set(id, lastSeq);
      directory.update(id, (before) => {
        const { me, lastSeq: knownSeq } = before.conversation;
        const conversation = { ...before.conversation, lastSeq: Math.max(knownSeq, lastSeq) };
        const next = { ...before, conversation };
        const lastReadSeq = lastSeq - unreadCount;
        if (lastReadSeq < me.lastReadSeq) return next;
        return receivePosition(next, { lastReadSeq, unreadCount, ...(mentionCount && { mentionCount }) });
      });
    }
    return changed;
  }

  /** The database was restored: nothing that is held can be compared with it. */
  async function beginAnew(): Promise<void> {
    const rows = [...directory.rows.getSnapshot().keys()];
    for (const id of rows) directory.remove(id);
    heads.clear();
    const open = tracks.open();
    for (const [, track] of open) track.close();
    const seen = open.filter(([id]) => tracks.isObserved(id));
    await Promise.allSettled(seen.map(([, track]) => track.place('latest', 'opening')));
  }

  return {
    drop,
    restart() {
      rooms.reset();
      void beginAnew();
    },
    clear() {
      heads.clear();
      for (const [, track] of tracks.open()) track.close();
      for (const id of directory.rows.getSnapshot().keys()) directory.remove(id);
    },
  };
}

const gone = (): CauserieError => new CauserieError('NOT_CONVERSATION_MEMBER');
