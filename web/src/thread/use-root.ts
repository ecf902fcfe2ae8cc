import type { ConversationSummary, TimelineItem, TimelineState } from '@causerie/client';
import { useClient, useConversation, useObservable } from '@causerie/react';
import { useCallback } from 'react';
import { type Loaded, useLoaded } from '../ui/use-loaded.ts';
import { useSettled } from './use-settled.ts';

/** A message that the server has. */
export type StoredItem = Extract<TimelineItem, { kind: 'message' }>;

const revOf = (summary: ConversationSummary | null): number | null => summary?.details.rev ?? null;

/** The message at which a thread begins: as it stands in the conversation, or else as the server has it. */
export function useRoot(conversationId: string, messageId: string): Loaded<StoredItem> {
  const client = useClient();
  const { timeline, summary } = useConversation(conversationId);
  const find = useCallback(
    ({ items }: TimelineState) => {
      const isRoot = (item: TimelineItem): item is StoredItem =>
        item.kind === 'message' && item.message.id === messageId;
      return items.find(isRoot) ?? null;
    },
    [messageId],
  );
  const held = useObservable(timeline, timeline.getSnapshot(), find);
  const load = useCallback(async (): Promise<StoredItem> => {
    const known = find(timeline.getSnapshot());
    if (known) return known;
    const params = { id: conversationId, messageId };
    const { message, own } = await client.call('GET /chat/conversations/:id/messages/:messageId', { params });
    return { kind: 'message', key: messageId, message, own: own?.reactions[messageId] ?? [] };
  }, [client, timeline, find, conversationId, messageId]);
  const loaded = useLoaded(load);
  const rev = useObservable(summary, null, revOf);
  // What is on no page that is loaded is read again when something has changed.
  useSettled(held || !loaded.value ? null : rev, loaded.reload);
  return held ? { ...loaded, value: held, error: null } : loaded;
}
