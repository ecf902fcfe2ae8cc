import type { CauserieClient, ConversationSummary, ListedThread, Message } from '@causerie/client';
import { readAround } from './read-around.ts';

/** More are not told of at once. */
const MOST = 20;
/** Between two questions to the server, at least. */
const PAUSE_MS = 2_000;

/**
 * Watches the threads with unread replies that one follows: tells of them at the beginning, and after each change, as of
 * conversations whose newest message is the newest reply, and whose settings are those of the conversation around them. Returns
 * how to end it.
 */
export function watchThreads(
  client: CauserieClient,
  tell: (threads: readonly ConversationSummary[]) => void,
): () => void {
  const { conversations, totals } = client;
  const newest = new Map<string, Message>();
  /** Around threads in conversations that the list has not come to, as they were at the newest reply. */
  const beyond = new Map<string, ConversationSummary>();
  let seen = '';
  let isReading = false;
  let isEnded = false;

  /** Changes with everything that is no new message in a conversation, and with what is read. */
  function stateNow(): string {
    const { items } = conversations.getSnapshot();
    const changes = items.map(({ details: { rev, lastSeq } }) => rev - lastSeq);
    return `${changes.reduce((sum, one) => sum + one, 0)} ${totals.getSnapshot().threads}`;
  }

  async function summaryOf({ thread, root, me }: ListedThread): Promise<ConversationSummary[]> {
    if (!me) return [];
    const { id, lastSeq, parent } = thread;
    const known = client.conversation(root.conversationId).summary.getSnapshot();
    if (newest.get(id)?.seq !== lastSeq) {
      if (!known) beyond.set(id, await readAround(client, root.conversationId));
      const { data } = await client.call('GET /chat/conversations/:id/messages', {
        params: { id },
        query: { limit: 1 },
      });
      if (data[0]) newest.set(id, data[0]);
    }
    const around = known ?? beyond.get(id);
    if (!around) return [];
    const details = { ...around.details, ...(parent && { parent }), lastMessage: newest.get(id) ?? null };
    return [{ ...around, id, type: 'thread', lastReadSeq: me.lastReadSeq, details }];
  }

  async function update(): Promise<void> {
    const now = stateNow();
    if (isReading || isEnded || seen === now || conversations.getSnapshot().status !== 'ready') return;
    isReading = true;
    seen = now;
    try {
      const { data } = await client.call('GET /chat/threads', { query: { unread: 'true', limit: MOST } });
      const threads = (await Promise.all(data.map(summaryOf))).flat();
      if (!isEnded) tell(threads);
    } catch {
      // The next change asks again.
    }
    setTimeout(() => {
      isReading = false;
      void update();
    }, PAUSE_MS);
  }

  const ends = [conversations, totals].map((one) => one.subscribe(() => void update()));
  void update();
  return () => {
    isEnded = true;
    ends.forEach((end) => end());
  };
}
