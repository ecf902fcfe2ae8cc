import type { ConnectionState } from '@causerie/client';
import * as api from '../../src/public-api.ts';

const statusOf = ({ status }: ConnectionState): string => status;

/** Each hook, by its name, with what a page shows of it. */
export const HOOKS: Readonly<Record<string, (id: string) => unknown>> = {
  useClient: () => typeof api.useClient().connect,
  useConnection: api.useConnection,
  useConversation: (id) => api.useConversation(id).id,
  useConversations: () => {
    const { items, ...rest } = api.useConversations();
    return { ...rest, items: items.map((row) => [row.id, row.unreadCount]) };
  },
  useDraft: (id) => api.useDraft(id)[0],
  useMembers: (id) => {
    const { items, ...rest } = api.useMembers(id);
    return { ...rest, items: items.map(({ displayName }) => displayName) };
  },
  useObservable: () => api.useObservable(api.useClient().connection, { status: 'idle' }, statusOf),
  useOpenTimeline: (id) => typeof api.useOpenTimeline(id).open,
  useOutbox: api.useOutbox,
  usePresence: () => api.usePresence(api.useSession().user?.id ?? 'nobody')?.status ?? null,
  useRead: (id) => {
    const { lastReadSeq, byUser } = api.useRead(id);
    return { lastReadSeq, byUser: byUser.size };
  },
  useSession: () => ({ ...api.useSession(), user: api.useSession().user?.displayName ?? null }),
  useSummary: (id) => api.useSummary(id)?.lastSeq ?? null,
  useTimeline: (id) => {
    const { items, ...rest } = api.useTimeline(id);
    return {
      ...rest,
      items: items.map((item) => (item.kind === 'message' ? item.message : item.pending).content),
    };
  },
  useTotals: api.useTotals,
  useTyping: (id) => api.useTyping(id).length,
  useUser: () => api.useUser(api.useSession().user?.id ?? 'nobody')?.displayName ?? null,
  useVisit: (id) => api.useVisit(id),
};
