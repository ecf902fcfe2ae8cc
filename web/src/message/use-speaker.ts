import { useSession } from '@causerie/react';
import type { Speaker } from './spoken.ts';

/** Who is logged in, as the one who says something. */
export function useSpeaker(): Speaker {
  const { user } = useSession();
  return { senderId: user?.id ?? '', name: user?.displayName ?? '', avatarUrl: user?.avatarUrl ?? null };
}
