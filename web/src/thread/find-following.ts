import type { CauserieClient } from '@causerie/client';

/** Looks for a thread among those of its conversation, which say whether one follows them; the last active ones come first. */
export async function findFollowing(
  client: Pick<CauserieClient, 'call'>,
  conversationId: string,
  threadId: string,
  cursor?: string,
): Promise<boolean> {
  const { data, nextCursor } = await client.call('GET /chat/conversations/:id/threads', {
    params: { id: conversationId },
    query: { limit: 100, cursor },
  });
  const found = data.find(({ thread }) => thread.id === threadId);
  if (found) return found.me !== undefined;
  return nextCursor !== null && findFollowing(client, conversationId, threadId, nextCursor);
}
