import type { PublicProfile } from '@causerie/client';
import { useClient } from '@causerie/react';
import { useCallback } from 'react';
import { useLoaded } from '../ui/use-loaded.ts';

/** What somebody says of themselves; null while it is not known, and for deleted accounts. */
export function useProfile(id: string): PublicProfile | null {
  const client = useClient();
  return useLoaded(useCallback(() => client.call('GET /users/:id', { params: { id } }), [client, id])).value;
}
