import type { MembersState } from '@causerie/client';
import { LIST } from './initial-states.ts';
import { useConversation } from './use-conversation.ts';
import { useList } from './use-list.ts';

/** The members of a conversation, with which the next page is loaded, too. */
export interface Members extends MembersState {
  /** Loads the next page; does nothing at the end. */
  readonly loadMore: () => Promise<void>;
}

/** The members of a conversation, which are loaded once they are shown. */
export const useMembers = (id: string): Members => useList<MembersState>(useConversation(id).members, LIST);
