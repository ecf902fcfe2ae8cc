import { useClient, useConversations, useSession } from '@causerie/react';
import { MessagesSquare, Settings, SquarePen } from 'lucide-react';
import { type ReactElement, useState } from 'react';
import { useLocation } from 'wouter';
import { InboxLinks } from '../inbox/inbox-links.tsx';
import { Avatar } from '../people/avatar.tsx';
import { useTexts } from '../texts/texts-context.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ConversationRows } from './conversation-rows.tsx';
import styles from './conversation-side.module.css';
import { SearchField } from './search-field.tsx';
import { SkeletonRows } from './skeleton-rows.tsx';
import { useSearch } from './use-search.ts';

/** The list of conversations, with who one is above it. */
export function ConversationSide(): ReactElement {
  const { list, settings } = useTexts();
  const { user } = useSession();
  const [, navigate] = useLocation();
  const [search, setSearch] = useState('');
  return (
    <nav className={styles.side} aria-label={list.conversations}>
      <header className={styles.bar}>
        {user && <Avatar id={user.id} name={user.displayName} url={user.avatarUrl} />}
        <strong className={styles.name}>
          <bdi>{user?.displayName}</bdi>
        </strong>
        <IconButton icon={SquarePen} label={list.newConversation} onClick={() => navigate('/new')} />
        <IconButton icon={Settings} label={settings.settings} onClick={() => navigate('/settings')} />
      </header>
      <SearchField text={search} onChange={setSearch} />
      <InboxLinks />
      <List search={search} />
    </nav>
  );
}

function List({ search }: { readonly search: string }): ReactElement {
  const { list, common } = useTexts();
  const { conversations } = useClient();
  const { items, status } = useConversations();
  const { found, isSearching } = useSearch(search);
  const [, navigate] = useLocation();
  if (found.length > 0) return <ConversationRows items={found} />;
  if (status === 'failed')
    return (
      <EmptyState text={list.couldNotLoad}>
        <Button onClick={() => void conversations.load()}>{common.retry}</Button>
      </EmptyState>
    );
  if (isSearching || status !== 'ready') return <SkeletonRows />;
  if (items.length > 0) return <EmptyState text={list.noneFound} />;
  return (
    <EmptyState icon={MessagesSquare} text={list.noneYet}>
      <Button onClick={() => navigate('/new')}>{list.start}</Button>
    </EmptyState>
  );
}
