import { useSession } from '@causerie/react';

/** The id of who is logged in. */
export const useUserId = (): string => useSession().user?.id ?? '';
