import { useClient, useConversations } from '@causerie/react';
import { type ReactElement, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useLocation } from 'wouter';
import { MessagesSquare } from '../ui/icons.ts';
import { useTexts } from '../texts/texts-context.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { usePart } from '../ui/use-part.ts';
import { ArchivedLink } from './archived-link.tsx';
import { ConversationRows } from './conversation-rows.tsx';
import styles from './conversation-side.module.css';
import { SkeletonRows } from './skeleton-rows.tsx';
import { useSearch } from './use-search.ts';

const loadArchived = async () => (await import('./archived-list.tsx')).ArchivedList;

/** The conversations that one has not put away, or those that are called something. */
export function ConversationList({ search }: { readonly search: string }): ReactElement {
  const { found, archived, isSearching } = useSearch(search);
  const [ArchivedList, load] = usePart(loadArchived);
  const [showsArchived, setShowsArchived] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  function close(): void {
    flushSync(() => setShowsArchived(false));
    (opener.current ?? list.current)?.focus();
  }
  const isSearch = search.trim() !== '';
  if (showsArchived && ArchivedList && !isSearch) return <ArchivedList items={archived} onClose={close} />;
  return (
    <div ref={list} className={styles.list} tabIndex={-1}>
      {archived.length > 0 && !isSearch && (
        <ArchivedLink
          count={archived.length}
          opener={opener}
          onOpen={() => void load().then(setShowsArchived)}
        />
      )}
      {found.length > 0 ? (
        <ConversationRows items={found} />
      ) : (
        <NoRows isSearching={isSearching} isSearch={isSearch} />
      )}
    </div>
  );
}

interface NoRowsProps {
  readonly isSearching: boolean;
  readonly isSearch: boolean;
}

/** What stands in the place of rows. */
function NoRows({ isSearching, isSearch }: NoRowsProps): ReactElement {
  const { list, common } = useTexts();
  const { conversations } = useClient();
  const { status } = useConversations();
  const [, navigate] = useLocation();
  if (status === 'failed')
    return (
      <EmptyState text={list.couldNotLoad}>
        <Button onClick={() => void conversations.load()}>{common.retry}</Button>
      </EmptyState>
    );
  if (isSearching || status !== 'ready') return <SkeletonRows />;
  if (isSearch) return <EmptyState text={list.noneFound} />;
  return (
    <EmptyState icon={MessagesSquare} text={list.noneYet}>
      <Button onClick={() => navigate('/new')}>{list.start}</Button>
    </EmptyState>
  );
}
