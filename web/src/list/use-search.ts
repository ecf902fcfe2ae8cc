import type { ConversationSummary } from '@causerie/client';
import { useConversations } from '@causerie/react';
import { useEffect } from 'react';
import { folded } from '../texts/folded.ts';
import { useTexts } from '../texts/texts-context.ts';
import { conversationName } from './names.ts';

interface Search {
  /** The conversations whose name contains the text; without a text those that are not archived. */
  readonly found: readonly ConversationSummary[];
  readonly archived: readonly ConversationSummary[];
  readonly isSearching: boolean;
}

/**
 * Searches all conversations that one has: while something is searched for, the pages of the list that are not loaded yet are
 * loaded, one after another; also while there is nothing to show.
 */
export function useSearch(text: string): Search {
  const texts = useTexts();
  const { items, hasMore, status, loadMore } = useConversations();
  const wanted = folded(text.trim());
  const archived = items.filter(isArchived);
  const found =
    wanted === ''
      ? items.filter((summary) => !isArchived(summary))
      : items.filter((summary) => folded(conversationName(texts, summary)).includes(wanted));
  const isSearching = (wanted !== '' || found.length === 0) && hasMore && status !== 'failed';
  useEffect(() => {
    if (isSearching && status === 'ready') void loadMore();
  }, [isSearching, status, items, loadMore]);
  return { found, archived, isSearching };
}

const isArchived = ({ details }: ConversationSummary): boolean => details.me.archivedAt !== undefined;
