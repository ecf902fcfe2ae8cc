import type { LoadState } from '../api/load-state.ts';
import type { MemberList, MembersState } from '../api/members.ts';
import type { Member, ServerEvents, TimelineEvent } from '../contract.ts';
import { nothing } from '../defaults/deferred.ts';
import { asCauserieError } from '../errors/error-of.ts';
import { createKeyed } from '../observable/keyed.ts';
import type { ChangesPage } from '../sync/create-changes.ts';
import { persist } from '../sync/persist.ts';
import { quiet } from '../sync/quiet.ts';
import type { Scope } from '../sync/scope.ts';

type Edit = (items: readonly Member[]) => readonly Member[];

interface Loading {
  readonly done: Promise<void>;
  /** What has been told meanwhile: the answer may be older. */
  readonly told: Edit[];
}

export interface Members {
  readonly of: (conversationId: string) => MemberList;
  readonly onChanges: (page: ChangesPage) => void;
  /** Reads the first page, unless it is there, until that succeeds: somebody observes it. */
  readonly observe: (conversationId: string) => void;
  /** Whether they have been read, and are more than one answer has. */
  readonly areMany: (conversationId: string) => boolean;
  /** After a break: those that have been read may have changed. */
  readonly refresh: (conversationId: string) => Promise<void>;
  readonly clear: () => void;
}

/** @param note is told of the members that are read */
export function createMembers(
  { clock, onEvent, request, untilKnown }: Scope,
  note: (conversationId: string, members: readonly Member[]) => void,
): Members {
  const states = createKeyed<MembersState>({ items: [], status: 'idle', error: null, hasMore: true });
  const cursors = new Map<string, string | null>();
  const loading = new Map<string, Loading>();
  /** How often each first page was to be read again. */
  const refreshed = new Map<string, number>();
  /** Whether the first answer did not have all. */
  const many = new Map<string, boolean>();

  function set(id: string, fields: Partial<MembersState>): void {
    const store = states.of(id);
    store.set({ ...store.getSnapshot(), ...fields });
  }

  function change(id: string, edit: Edit): void {
    loading.get(id)?.told.push(edit);
    // Before the first answer one of them would look like all.
    if (cursors.has(id)) set(id, { items: edit(states.of(id).getSnapshot().items) });
  }

  function put(id: string, members: readonly Member[]): void {
    note(id, members);
    change(id, (items) => {
      const byId = new Map(items.map((member) => [member.userId, member]));
      for (const member of members) byId.set(member.userId, member);
      return [...byId.values()];
    });
  }

  function remove(id: string, userId: string | null, heirId: string | undefined): void {
    change(id, (items) =>
      items
        .filter((member) => member.userId !== userId)
        .map((member) => (member.userId === heirId ? { ...member, role: 'owner' } : member)),
    );
  }

  function read(id: string, isFirst: boolean): Promise<void> {
    const running = loading.get(id);
    if (running) return running.done;
    const told: Edit[] = [];
    /** False when another user has signed in since. */
    const isMine = (): boolean => loading.get(id)?.told === told;
    const done = (async () => {
      await untilKnown();
      if (isMine()) set(id, { status: 'loading', error: null });
      try {
        const query = { cursor: isFirst ? undefined : (cursors.get(id) ?? undefined) };
        const { data, nextCursor } = await request('GET /chat/conversations/:id/members', id, { query });
        if (!isMine()) return;
        loading.delete(id);
        cursors.set(id, nextCursor);
        if (isFirst) {
          set(id, { items: [] });
          many.set(id, nextCursor !== null);
        }
        put(id, data);
        for (const edit of told) change(id, edit);
        set(id, { status: 'ready', hasMore: nextCursor !== null });
      } catch (error) {
        if (isMine()) {
          loading.delete(id);
          set(id, { status: 'failed', error: asCauserieError(error) });
        }
        throw error;
      }
    })();
    loading.set(id, { done, told });
    return quiet(done);
  }

  function rename({ userId, displayName, avatarUrl }: ServerEvents['user_updated']): void {
    for (const id of cursors.keys()) {
      change(id, (items) =>
        items.map((one) => (one.userId === userId ? { ...one, displayName, avatarUrl } : one)),
      );
    }
  }

  function applyEvent(id: string, event: TimelineEvent): void {
    if (event.kind === 'member_removed') remove(id, event.subjectId, event.data.heirId);
    else if (event.kind !== 'conversation_updated') put(id, [event.data.member]);
  }

  onEvent((name, payload) => {
    const event = { [name]: payload } as Partial<ServerEvents>;
    const one = event.member_added ?? event.member_updated;
    if (one) put(one.conversationId, [one.member]);
    const { user_updated: user } = event;
    if (user) rename(user);
    const removed = event.member_removed;
    if (removed) remove(removed.conversationId, removed.userId, removed.heirId);
  });

  const statusOf = (id: string): LoadState => states.of(id).getSnapshot().status;

  function load(id: string): Promise<void> {
    return statusOf(id) === 'ready' ? Promise.resolve() : read(id, true);
  }

  function observe(id: string): void {
    void persist(
      clock,
      () => load(id),
      () => statusOf(id) === 'failed',
    );
  }

  async function refresh(id: string): Promise<void> {
    const number = (refreshed.get(id) ?? 0) + 1;
    refreshed.set(id, number);
    const isWanted = (): boolean => refreshed.get(id) === number && statusOf(id) !== 'idle';
    // An answer that is on its way may be older than what has been missed.
    await loading.get(id)?.done.catch(nothing);
    if (isWanted()) await persist(clock, () => read(id, true), isWanted);
  }

  return {
    of: (id) => ({
      ...states.of(id),
      load: () => load(id),
      loadMore: () => (states.of(id).getSnapshot().hasMore ? read(id, false) : Promise.resolve()),
    }),
    onChanges({ conversation: { id }, events = [], members, membersTruncated }) {
      if (members && !membersTruncated) {
        change(id, () => []);
        put(id, members);
      } else if (membersTruncated) void refresh(id);
      for (const event of events) applyEvent(id, event);
    },
    observe,
    areMany: (id) => statusOf(id) === 'ready' && many.get(id) === true,
    refresh,
    clear() {
      for (const known of [states, cursors, loading, many]) known.clear();
    },
  };
}
