import type { ConversationSummary } from '@causerie/client';
import { useConversations } from '@causerie/react';
import { useEffect } from 'react';
import { folded } from '../texts/folded.ts';
import { useTexts } from '../texts/texts-context.ts';
import { conversationName } from './names.ts';

/**
 * The conversations whose name contains the text, of all that one has: while something is searched for, the pages of the list
 * that are not loaded yet are loaded, one after another.
 */
export function useSearch(text: string): {
  readonly found: readonly ConversationSummary[];
  readonly isSearching: boolean;
} {
  const texts = useTexts();
  const { items, hasMore, status, loadMore } = useConversations();
  const wanted = folded(text.trim());
  const isSearching = wanted !== '' && hasMore && status !== 'failed';
  useEffect(() => {
    if (isSearching && status === 'ready') void loadMore();
  }, [isSearching, status, items, loadMore]);
  const found =
    wanted === ''
      ? items
      : items.filter((summary) => folded(conversationName(texts, summary)).includes(wanted));
  return { found, isSearching };
}
