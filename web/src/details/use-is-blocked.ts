import type { CauserieClient } from '@causerie/client';
import { useClient } from '@causerie/react';
import { useCallback } from 'react';
import { useLoaded } from '../ui/use-loaded.ts';

/** Whether one has blocked somebody; null while it is not known. */
export function useIsBlocked(userId: string): boolean | null {
  const client = useClient();
  return useLoaded(useCallback(() => isBlocked(client, userId), [client, userId])).value;
}

async function isBlocked(client: CauserieClient, userId: string): Promise<boolean> {
  let cursor: string | undefined;
  do {
    const page = await client.call('GET /users/me/blocks', { query: { cursor, limit: 100 } });
    if (page.data.some((blocked) => blocked.userId === userId)) return true;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return false;
}
