import type { Totals } from '../api/client.ts';
import type { ConversationList } from '../api/conversation-list.ts';
import type { ConversationSummary } from '../api/conversation-summary.ts';
import type { Observable } from '../api/observable.ts';
import { createStore } from '../observable/create-store.ts';
import { derived } from '../observable/derived.ts';
import type { Scope } from '../sync/scope.ts';

/** Milliseconds between two questions to the server, at least. */
const PAUSE = 2_000;
const NONE: Totals = { conversations: 0, messages: 0, mentions: 0 };
/** Events after which a conversation that is not loaded may count otherwise. */
const COUNTED = /^(new_message|me_updated|message_updated|conversation_(added|removed))$/;

export interface KnownTotals extends Observable<Totals> {
  /** Everything that was missed is there. */
  readonly refresh: () => void;
  readonly clear: () => void;
}

/** What is unread in the conversations that are known, and, while there are observers, in the rest of the list, too. */
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
    const next = list.getSnapshot().hasMore ? plus(known, atLeastNone(rest)) : known;
    return before && isSame(before, next) ? before : next;
  });

  function askSoon(): void {
    if (isWaiting || !account || observers === 0 || !list.getSnapshot().hasMore) return;
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
    if (!isSame(before, plus(known, rest))) askSoon();
    rest = plus(total, known, -1);
    apart = new Set(summaries.getSnapshot().keys());
    answers.set({});
  }

  onEvent((name, payload) => {
    const { conversationId, id = '' } = (payload ?? {}) as { conversationId?: string; id?: string };
    if (COUNTED.test(name) && !apart.has(conversationId ?? id)) askSoon();
  });

  return {
    getSnapshot: () => totals.getSnapshot(),
    subscribe(onChange) {
      const end = totals.subscribe(onChange);
      observers += 1;
      askSoon();
      let isOver = false;
      return () => {
        if (!isOver) observers -= 1;
        isOver = true;
        end();
      };
    },
    refresh() {
      account ??= {};
      askSoon();
    },
    clear() {
      account = null;
      rest = NONE;
      apart = new Set();
      answers.set({});
    },
  };
}

/** Replies count for nothing, nor do archived and muted conversations. */
function shareOf({ type, unreadCount, mentionCount, details: { me } }: ConversationSummary): Totals {
  const isCounted = type !== 'thread' && unreadCount > 0 && !me.archivedAt && !me.mutedUntil;
  return isCounted ? { conversations: 1, messages: unreadCount, mentions: mentionCount } : NONE;
}

const plus = (one: Totals, other: Totals, times = 1): Totals => ({
  conversations: one.conversations + times * other.conversations,
  messages: one.messages + times * other.messages,
  mentions: one.mentions + times * other.mentions,
});

const atLeastNone = ({ conversations, messages, mentions }: Totals): Totals => ({
  conversations: Math.max(0, conversations),
  messages: Math.max(0, messages),
  mentions: Math.max(0, mentions),
});

const isSame = (one: Totals, other: Totals): boolean =>
  one.conversations === other.conversations &&
  one.messages === other.messages &&
  one.mentions === other.mentions;
