import type { Presence, Sender } from '@causerie/client';
import { useClient } from './client-context.ts';
import { useObservable } from './use-observable.ts';

/** The name and the picture of a user; null while they are not known. */
export const useUser = (id: string): Sender | null => useObservable(useClient().users.profile(id), null);

/** Whether a user is online, watched while it is shown; null while it is not known. */
export const usePresence = (id: string): Presence | null =>
  useObservable(useClient().users.presence(id), null);
