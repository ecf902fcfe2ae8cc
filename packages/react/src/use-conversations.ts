import type { ConversationList, ListState } from '@causerie/client';
import { useEffect } from 'react';
import { useClient } from './client-context.ts';
import { LIST } from './initial-states.ts';
import { useObservable } from './use-observable.ts';
import { useSession } from './use-session.ts';

/** The list of conversations, which is loaded when somebody is signed in. */
export function useConversations(): ListState & Pick<ConversationList, 'loadMore'> {
  const { conversations } = useClient();
  const { status } = useSession();
  useEffect(() => {
    // The state says what has failed.
    if (status === 'signed-in') conversations.load().catch(() => undefined);
  }, [conversations, status]);
  return { ...useObservable(conversations, LIST), loadMore: conversations.loadMore };
}
