import type { CauserieClient, ListedThread } from '@causerie/client';

interface ThreadsPage {
  readonly data: readonly ListedThread[];
  readonly nextCursor: string | null;
}

/** Which of the two lists of the server, and where in it. */
type Place = readonly [part: 'unread' | 'all', cursor?: string];

/** Reads the threads that one follows, page by page: first those with unread replies, then the others. */
export function threadsOf(client: Pick<CauserieClient, 'call'>) {
  const shown = new Set<string>();

  async function read([part, cursor]: Place): Promise<ThreadsPage> {
    const query = { cursor, ...(part === 'unread' && { unread: 'true' as const }) };
    const page = await client.call('GET /chat/threads', { query });
    const data = page.data.filter(({ thread }) => !shown.has(thread.id));
    for (const { thread } of data) shown.add(thread.id);
    const next = nextOf(part, page.nextCursor);
    // What was unread is in both lists: a page of nothing else is followed by the next one.
    if (next && (data.length === 0 || (part === 'unread' && page.nextCursor === null))) {
      const rest = await read(next);
      return { ...rest, data: [...data, ...rest.data] };
    }
    return { data, nextCursor: next && JSON.stringify(next) };
  }

  return (cursor: string | undefined): Promise<ThreadsPage> => {
    if (cursor !== undefined) return read(JSON.parse(cursor) as Place);
    shown.clear();
    return read(['unread']);
  };
}

function nextOf(part: Place[0], cursor: string | null): Place | null {
  if (cursor !== null) return [part, cursor];
  return part === 'unread' ? ['all'] : null;
}
