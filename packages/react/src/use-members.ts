import type { MemberList, MembersState } from '@causerie/client';
import { useEffect } from 'react';
import { LIST } from './initial-states.ts';
import { useConversation } from './use-conversation.ts';
import { useObservable } from './use-observable.ts';

/** The members of a conversation, which are loaded once they are shown. */
export function useMembers(id: string): MembersState & Pick<MemberList, 'loadMore'> {
  const { members } = useConversation(id);
  useEffect(() => {
    // The state says what has failed.
    members.load().catch(() => undefined);
  }, [members]);
  return { ...useObservable(members, LIST), loadMore: members.loadMore };
}
