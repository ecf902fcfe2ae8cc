import type { TimelineState } from '../api/timeline.ts';
import type { Message } from '../contract.ts';
import type { CauserieError } from '../errors/causerie-error.ts';
import { asCauserieError } from '../errors/error-of.ts';
import { catchUp as wayToCatchUp } from '../merge/catch-up.ts';
import type { MergeInput, Place } from '../merge/merge-input.ts';
import { emptyState, lastOf, type MergeState } from '../merge/merge-state.ts';
import { merge } from '../merge/merge.ts';
import { createStore, type Store } from '../observable/create-store.ts';
import type { ChangesPage, ChangesReader } from './create-changes.ts';
import type { Scope } from './scope.ts';
import { REORDERING } from './reordering.ts';
import { repeatAfter } from './repeat-after.ts';

/** Later than every message. */
const END = 2_147_483_647;
/** Pages that are read on until the end is there, at most: others write faster than this client reads. */
const PAGES = 5;

type Loading = Pick<TimelineState, 'busy' | 'error'>;

/** The messages of one conversation that are held, and how they are kept complete. */
export interface Track {
  readonly state: Store<MergeState>;
  readonly loading: Store<Loading>;
  /** Whether messages are held, or will be. */
  readonly isOpen: () => boolean;
  /** Does nothing while it is not open. */
  readonly apply: (input: MergeInput) => void;
  /** Replaces what is held by a page of another place. What is held stays until that is there; a later call wins. */
  readonly place: (at: number | 'latest', busy?: TimelineState['busy']) => Promise<void>;
  /** One request in flight per direction. */
  readonly load: (direction: 'before' | 'after') => Promise<void>;
  /** Resolves when nothing is missing any more, or after a failure: then it goes on later. */
  readonly catchUp: () => Promise<void>;
  /** Forgets everything. The error says why it cannot be opened, if it cannot. */
  readonly close: (error?: CauserieError | null) => void;
}

/** What a track needs of the others. */
export interface TrackHooks {
  readonly changes: ChangesReader['read'];
  /** Makes sure that events arrive. */
  readonly join: () => Promise<void>;
  /** Settings and members of a page of changes. */
  readonly onChanges: (page: ChangesPage) => void;
  /** Messages that an answer has. */
  readonly onMessages: (messages: readonly Message[]) => void;
}

export function createTrack(id: string, scope: Scope, hooks: TrackHooks): Track {
  const { clock, limits, request } = scope;
  const empty = (load = 0): MergeState => emptyState(scope.userId() ?? '', load);
  const state = createStore(empty());
  const loading = createStore<Loading>({ busy: null, error: null });
  let isOpen = false;
  let chasing: Promise<void> | null = null;
  let failures = 0;
  let cancelWait: (() => void) | null = null;
  let placements = 0;
  /** Where it could not be opened. */
  let unopened: number | 'latest' | null = null;
  const loads = new Map<Place, Promise<void>>();

  function apply(input: MergeInput): void {
    if (!isOpen) return;
    state.set(merge(state.getSnapshot(), input));
    if (input.kind === 'event') bound(2 * limits.windowRows, false);
    if (!chasing && wayToCatchUp(state.getSnapshot())) waitAndCatchUp(REORDERING);
  }

  function waitAndCatchUp(delay: number): void {
    cancelWait ??= clock.setTimer(delay, () => void catchUp());
  }

  function stopWaiting(): void {
    cancelWait?.();
    cancelWait = null;
  }

  function catchUp(): Promise<void> {
    stopWaiting();
    chasing ??= chaseOnce();
    return chasing;
  }

  async function chaseOnce(): Promise<void> {
    const retryAfter = await chase();
    chasing = null;
    failures = retryAfter === null ? 0 : failures + 1;
    if (retryAfter !== null && isOpen) waitAndCatchUp(retryAfter);
  }

  /** Answers when to go on after a failure. */
  async function chase(): Promise<number | null> {
    try {
      for (;;) {
        const held = state.getSnapshot();
        if (isOpen && unopened !== null && !loading.getSnapshot().busy) await place(unopened, 'opening');
        const way = isOpen && wayToCatchUp(held);
        if (!way) return null;
        if (way === 'page') await place(held.follows ? 'latest' : middleOf(held));
        else await readChanges(held.cursor);
        // A server that does not have what it has announced yet is not asked without a pause.
        const now = state.getSnapshot();
        if (now.cursor === held.cursor && wayToCatchUp(now)) return repeatAfter(null, failures);
      }
    } catch (thrown) {
      const error = asCauserieError(thrown);
      scope.log({ level: 'debug', event: 'catch-up-failed', code: error.code, conversationId: id });
      return error.retryable ? repeatAfter(error, failures) : null;
    }
  }

  async function readChanges(since: number): Promise<void> {
    const page = await hooks.changes(id, since);
    if (!isOpen) return;
    hooks.onChanges(page);
    hooks.onMessages(page.data);
    const { rev: headRev, lastSeq, me } = page.conversation;
    const { visibleFromSeq } = me;
    apply({ kind: 'changes', since, ...page, headRev, lastSeq, visibleFromSeq });
  }

  /**
   * Reads a page, and merges it: again when what has happened meanwhile makes it void, not at all when another place has been
   * asked for.
   */
  async function readPage(kind: Place, query: () => object, busy: TimelineState['busy']): Promise<void> {
    if (isNew(kind)) placements += 1;
    const mine = placements;
    const isCurrent = (): boolean => isOpen && mine === placements;
    if (busy) loading.set({ busy, error: null });
    try {
      for (let isMerged = false; !isMerged && isCurrent();) {
        await hooks.join();
        apply({ kind: 'asked', place: kind });
        const { load } = state.getSnapshot();
        const route = 'GET /chat/conversations/:id/messages/window';
        const page = await request(route, id, {
          query: { limit: limits.pageSize, rev: 'true', ...query() },
        }).catch((error: unknown) => {
          apply({ kind: 'failed', load });
          throw error;
        });
        isMerged = load === state.getSnapshot().load;
        apply({ kind: 'page', place: kind, load, ...page });
        hooks.onMessages(page.data);
      }
      if (busy && isCurrent()) loading.set({ busy: null, error: null });
    } catch (thrown) {
      if (!isCurrent()) return;
      const error = asCauserieError(thrown);
      if (busy) loading.set({ busy: null, error });
      throw error;
    }
  }

  /** Drops what is beyond the bound, at the other end than where messages have come. */
  function bound(rows: number, keepsFirst: boolean): void {
    const held = state.getSnapshot();
    const excess = held.rows.length - rows;
    if (excess <= 0) return;
    const [first, last] = [held.first, lastOf(held)];
    const range = keepsFirst ? { first, last: last - excess } : { first: first + excess, last };
    state.set(merge(held, { kind: 'trim', ...range }));
  }

  async function readMore(kind: 'before' | 'after'): Promise<void> {
    const held = state.getSnapshot();
    const isBefore = kind === 'before';
    if (held.rows.length === 0 || (isBefore ? held.atStart : held.follows)) return;
    const seq = (): number => (isBefore ? state.getSnapshot().first : lastOf(state.getSnapshot()));
    await readPage(kind, () => ({ [kind]: seq() }), isBefore ? 'older' : 'newer');
    bound(limits.windowRows, isBefore);
  }

  async function place(at: number | 'latest', busy: TimelineState['busy'] = null): Promise<void> {
    await scope.untilKnown();
    // It may have been opened before it was known who is signed in.
    const isMine = state.getSnapshot().userId === scope.userId();
    if (!isOpen || !isMine) state.set(empty(state.getSnapshot().load + 1));
    isOpen = true;
    if (state.getSnapshot().rows.length === 0) unopened = at;
    const isLatest = at === 'latest';
    let mine = placements;
    const readPlace = (): Promise<void> => {
      const reading = readPage(
        isLatest ? at : 'around',
        () => (isLatest ? { before: END } : { around: at }),
        busy,
      );
      mine = placements;
      return reading;
    };
    const isLast = (): boolean => isOpen && mine === placements;
    await readPlace();
    // Where another place was asked for meanwhile, that one may still fail.
    if (isLast()) unopened = null;
    if (!isLatest) return;
    // Messages that were stored while the page was read are not in it; another place that was asked for wins.
    for (let tries = 0; tries < PAGES && isLast() && !state.getSnapshot().follows; tries += 1) {
      if (state.getSnapshot().rows.length > 0) await readMore('after');
      else await readPlace();
    }
  }

  return {
    state,
    loading,
    isOpen: () => isOpen,
    apply,
    place,
    catchUp,
    load(direction) {
      const running = loads.get(direction);
      if (running) return running;
      const started = readMore(direction).finally(() => loads.delete(direction));
      loads.set(direction, started);
      return started;
    },
    close(error = null) {
      isOpen = false;
      unopened = null;
      stopWaiting();
      state.set(empty(state.getSnapshot().load + 1));
      loading.set({ busy: null, error });
    },
  };
}

const isNew = (place: Place): boolean => place === 'latest' || place === 'around';

const middleOf = (held: MergeState): number => Math.floor((held.first + lastOf(held)) / 2);
