import type { CauserieClient, ConversationSummary } from '@causerie/client';

/** Reads the conversation around a thread from the server, where the list has not come to it. */
export async function readAround(
  client: Pick<CauserieClient, 'call'>,
  id: string,
): Promise<ConversationSummary> {
  const details = await client.call('GET /chat/conversations/:id', { params: { id } });
  const { type = 'group', title, direct, lastMessage, lastSeq, memberCount, me } = details;
  return {
    id,
    type,
    title,
    other: direct?.user ?? null,
    lastMessage,
    lastSeq,
    lastReadSeq: me.lastReadSeq,
    unreadCount: me.unreadCount,
    mentionCount: me.mentionCount ?? 0,
    memberCount,
    role: me.role,
    draft: null,
    details,
  };
}
