import type { ListState } from '@causerie/client';
import { useClient } from './client-context.ts';
import { LIST } from './initial-states.ts';
import { useList } from './use-list.ts';

/** The conversations of the user, with which the next page is loaded, too. */
export interface Conversations extends ListState {
  /** Loads the next page; does nothing at the end. */
  readonly loadMore: () => Promise<void>;
}

/** The list of conversations, which is loaded once somebody is signed in. */
export const useConversations = (): Conversations => useList<ListState>(useClient().conversations, LIST);
