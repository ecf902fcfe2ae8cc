import type { Totals } from '../api/client.ts';
import type { ConversationList } from '../api/conversation-list.ts';
import type { ConversationSummary } from '../api/conversation-summary.ts';
import type { Observable } from '../api/observable.ts';
import { createStore } from '../observable/create-store.ts';
import { derived } from '../observable/derived.ts';
import type { Scope } from '../sync/scope.ts';

/** Milliseconds between two questions to the server, at least. */
const PAUSE = 2_000;
const NONE: Totals = { conversations: 0, messages: 0, mentions: 0, threads: 0 };
const COUNTS = Object.keys(NONE) as (keyof Totals)[];
/** Events after which a conversation that is not loaded may count otherwise. */
const COUNTED = /^(new_message|me_updated|message_updated|conversation_(added|removed))$/;

/** What is looked at of an event. */
interface Counted {
  readonly conversationId?: string;
  readonly id?: string;
  readonly change?: string;
}

export interface KnownTotals extends Observable<Totals> {
  /** Everything that was missed is there. */
  readonly refresh: () => void;
  readonly clear: () => void;
}

/**
 * What is unread in the conversations that are known, and, while there are observers, in the rest of the list and in all threads,
 * too.
 */
export function createTotals(
  { call, clock, onEvent }: Pick<Scope, 'call' | 'clock' | 'onEvent'>,
  summaries: Observable<ReadonlyMap<string, ConversationSummary>>,
  list: Pick<ConversationList, keyof Observable<unknown>>,
): KnownTotals {
  const answers = createStore<object>({});
  /** What the server has counted beyond the conversations that are known. */
  let rest = NONE;
  /** Those that the rest does not contain. */
  let apart = new Set<string>();
  let observers = 0;
  let account: object | null = null;
  let askedAt = -PAUSE;
  let isWaiting = false;
  /** The server has counted since this connection began. */
  let isCounted = false;

  /** A conversation that becomes known moves from the rest. */
  function count(): Totals {
    let known = NONE;
    for (const summary of summaries.getSnapshot().values()) {
      const share = shareOf(summary);
      known = plus(known, share);
      if (apart.has(summary.id)) continue;
      apart.add(summary.id);
      rest = plus(rest, share, -1);
    }
    return known;
  }

  const totals = derived<Totals>([summaries, list, answers], (before) => {
    const known = count();
    // Most threads are never loaded.
    const unknown = list.getSnapshot().hasMore ? rest : { ...NONE, threads: rest.threads };
    const next = plus(known, plus(unknown, NONE, 1, 0));
    return before && isSame(before, next) ? before : next;
  });

  /** @param isNeeded what is not loaded may have changed */
  function askSoon(isNeeded = list.getSnapshot().hasMore): void {
    if (isWaiting || !account || observers === 0 || !isNeeded) return;
    isWaiting = true;
    clock.setTimer(Math.max(0, askedAt + PAUSE - clock.now()), () => {
      isWaiting = false;
      askedAt = clock.now();
      // After a failure, the next event or connection asks again.
      void ask().catch(() => undefined);
    });
  }

  async function ask(): Promise<void> {
    const mine = account;
    const before = plus(count(), rest);
    const total = await call('GET /chat/unread', { query: { exact: 'true' } });
    if (mine !== account) return;
    const known = count();
    // What has changed meanwhile is in the answer, or is not.
    if (!isSame(before, plus(known, rest))) askSoon(true);
    rest = plus({ ...total, threads: total.threads ?? 0 }, known, -1);
    isCounted = true;
    apart = new Set(summaries.getSnapshot().keys());
    answers.set({});
  }

  onEvent((name, payload) => {
    const { conversationId, id = '', change } = (payload ?? {}) as Counted;
    if (!COUNTED.test(name)) return;
    const isKnown = apart.has(conversationId ?? id);
    // Who reads a thread on another device reads a conversation that is not in the list.
    if (change === 'thread' || (!isKnown && name === 'me_updated')) askSoon(true);
    else if (!isKnown) askSoon();
  });

  return {
    ...totals,
    subscribe(onChange) {
      const end = totals.subscribe(onChange);
      observers += 1;
      askSoon(!isCounted || list.getSnapshot().hasMore);
      let isOver = false;
      return () => {
        if (!isOver) observers -= 1;
        isOver = true;
        end();
      };
    },
    refresh() {
      account ??= {};
      isCounted = false;
      askSoon(true);
    },
    clear() {
      account = null;
      rest = NONE;
      apart = new Set();
      answers.set({});
    },
  };
}

/** Replies count as nothing but their thread, archived and muted conversations not at all. */
function shareOf({ type, unreadCount, mentionCount, details: { me } }: ConversationSummary): Totals {
  if (unreadCount === 0 || me.archivedAt || me.mutedUntil) return NONE;
  if (type === 'thread') return { ...NONE, threads: 1 };
  return { conversations: 1, messages: unreadCount, mentions: mentionCount, threads: 0 };
}

function plus(one: Totals, other: Totals, times = 1, least = -Infinity): Totals {
  const sum = { ...NONE };
  for (const key of COUNTS) sum[key] = Math.max(least, one[key] + times * other[key]);
  return sum;
}

const isSame = (one: Totals, other: Totals): boolean => COUNTS.every((key) => one[key] === other[key]);
