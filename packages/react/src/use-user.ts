import type { Presence, Sender } from '@causerie/client';
import { useMemo } from 'react';
import { useClient } from './client-context.ts';
import { useObservable } from './use-observable.ts';

/** The name and the picture of a user; null while they are not known. */
export function useUser(id: string): Sender | null {
  const { users } = useClient();
  return useObservable(
    useMemo(() => users.profile(id), [users, id]),
    null,
  );
}

/** Whether a user is online, watched while it is shown; null while it is not known. */
export function usePresence(id: string): Presence | null {
  const { users } = useClient();
  return useObservable(
    useMemo(() => users.presence(id), [users, id]),
    null,
  );
}
