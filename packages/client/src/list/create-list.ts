import type { ConversationList, ListState } from '../api/conversation-list.ts';
import type { ConversationSummary } from '../api/conversation-summary.ts';
import type { Conversation } from '../api/conversation.ts';
import type { Observable } from '../api/observable.ts';
import type { ConversationDetail, Conversation as Listed } from '../contract.ts';
import { asCauserieError } from '../errors/error-of.ts';
import { createStore } from '../observable/create-store.ts';
import { derived, sameList } from '../observable/derived.ts';
import { quiet } from '../sync/quiet.ts';
import type { Scope } from '../sync/scope.ts';
import { byActivity } from './summary.ts';

/** Conversations in a page. */
const PAGE = 100;

export interface List extends ConversationList {
  /** After a break: reads pages until they have all of these. */
  readonly refresh: (changed: ReadonlySet<string>) => Promise<void>;
  readonly clear: () => void;
}

const initial = { status: 'idle', error: null, hasMore: true } as const;

export function createList(
  { call, directory, onEvent, readRow, untilKnown }: Scope,
  summaries: Observable<ReadonlyMap<string, ConversationSummary>>,
  handleOf: (id: string) => Conversation,
): List {
  const progress = createStore<Omit<ListState, 'items'>>(initial);
  let cursor: string | null = null;
  let loading: Promise<void> | null = null;
  let account = 0;

  const items = derived<readonly ConversationSummary[]>([summaries], (before) => {
    const listed = [...summaries.getSnapshot().values()].filter(({ type }) => type !== 'thread');
    listed.sort(byActivity);
    return sameList(before, listed);
  });
  const state = derived<ListState>([items, progress], () => ({
    items: items.getSnapshot(),
    ...progress.getSnapshot(),
  }));

  async function readPage(from: string | null): Promise<readonly [readonly Listed[], string | null]> {
    const put = directory.ask();
    const query = { limit: PAGE, cursor: from ?? undefined };
    const { data, nextCursor } = await call('GET /chat/conversations', { query });
    put(...data);
    return [data, nextCursor];
  }

  function read(): Promise<void> {
    loading ??= (async () => {
      progress.set({ ...progress.getSnapshot(), status: 'loading', error: null });
      await untilKnown();
      const mine = account;
      try {
        const [, next] = await readPage(cursor);
        if (mine !== account) return;
        cursor = next;
        progress.set({ status: 'ready', error: null, hasMore: next !== null });
      } catch (thrown) {
        const error = asCauserieError(thrown);
        if (mine === account) progress.set({ ...progress.getSnapshot(), status: 'failed', error });
        throw error;
      } finally {
        if (mine === account) loading = null;
      }
    })();
    return quiet(loading);
  }

  /** A conversation that is not listed yet becomes active. */
  onEvent((name, payload) => {
    const { conversationId: id } = (payload ?? {}) as { readonly conversationId?: string };
    if (name !== 'new_message' || id === undefined || directory.get(id)) return;
    if (progress.getSnapshot().status === 'idle') return;
    void quiet(readRow(id));
  });

  const opened = (conversation: Listed | ConversationDetail): Conversation => {
    directory.put(conversation);
    return handleOf(conversation.id);
  };

  return {
    ...state,
    load: () => (progress.getSnapshot().status === 'ready' ? Promise.resolve() : read()),
    loadMore: () => (progress.getSnapshot().hasMore ? read() : Promise.resolve()),
    create: async (body) => opened(await call('POST /chat/conversations', { body })),
    openDirect: async (userId) =>
      opened(await call('PUT /chat/conversations/direct/:userId', { params: { userId } })),
    joinInvite: async (token) => opened(await call('POST /chat/invites/:token/join', { params: { token } })),
    async refresh(changed) {
      if (progress.getSnapshot().status === 'idle') return;
      if (progress.getSnapshot().status !== 'ready') return read();
      const mine = account;
      const missing = new Set(changed);
      let from: string | null = null;
      do {
        const [data, next] = await readPage(from);
        if (mine !== account) return;
        for (const { id } of data) missing.delete(id);
        from = next;
      } while (from !== null && missing.size > 0);
    },
    clear() {
      account += 1;
      cursor = null;
      loading = null;
      progress.set(initial);
    },
  };
}
