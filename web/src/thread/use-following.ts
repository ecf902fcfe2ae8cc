import { useClient, useConversation } from '@causerie/react';
import { useEffect, useState } from 'react';
import { useAttempt } from '../ui/use-attempt.ts';
import { findFollowing } from './find-following.ts';

interface Following {
  /** Null while it is not known. */
  readonly isFollowing: boolean | null;
  /** Who writes in a thread follows it. */
  readonly note: () => void;
  readonly toggle: () => void;
}

/** Whether one is told of the replies in a thread. */
export function useFollowing(conversationId: string, threadId: string): Following {
  const client = useClient();
  const thread = useConversation(threadId);
  const attempt = useAttempt();
  const [isFollowing, setFollowing] = useState<boolean | null>(null);
  useEffect(() => {
    let isCurrent = true;
    findFollowing(client, conversationId, threadId).then(
      (found) => isCurrent && setFollowing((now) => now ?? found),
      // The button is missing; everything else works.
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [client, conversationId, threadId]);
  async function toggle(): Promise<void> {
    setFollowing(!isFollowing);
    const isDone = await attempt(() => (isFollowing ? thread.unfollow() : thread.follow()));
    if (!isDone) setFollowing(isFollowing);
  }
  return { isFollowing, note: () => setFollowing(true), toggle: () => void toggle() };
}
