import { useSession } from '@causerie/react';
import { type KeyboardEvent, type ReactElement, useState } from 'react';
import { useLocation } from 'wouter';
import { Settings, SquarePen } from '../ui/icons.ts';
import { InboxLinks } from '../inbox/inbox-links.tsx';
import { Avatar } from '../people/avatar.tsx';
import { useTexts } from '../texts/texts-context.ts';
import { IconButton } from '../ui/button.tsx';
import { ConversationList } from './conversation-list.tsx';
import styles from './conversation-side.module.css';
import { SearchField } from './search-field.tsx';

/** From the search down into the rows. */
function intoRows({ key, target, currentTarget }: KeyboardEvent<HTMLElement>): void {
  const isSearch = target instanceof Element && target.matches('[data-search]');
  if (key === 'ArrowDown' && isSearch) currentTarget.querySelector<HTMLElement>('[data-start]')?.focus();
}

/** The list of conversations, with who one is above it. */
export function ConversationSide(): ReactElement {
  const { list } = useTexts();
  const { user } = useSession();
  const [, navigate] = useLocation();
  const [search, setSearch] = useState('');
  return (
    // Its field and its rows have the focus.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <nav className={styles.side} aria-label={list.conversations} data-area onKeyDown={intoRows}>
      <header className={styles.bar}>
        {user && <Avatar id={user.id} name={user.displayName} url={user.avatarUrl} />}
        <strong className={styles.name}>
          <bdi>{user?.displayName}</bdi>
        </strong>
        <IconButton icon={SquarePen} label={list.newConversation} onClick={() => navigate('/new')} />
        <IconButton icon={Settings} label={list.settings} onClick={() => navigate('/settings')} />
      </header>
      <SearchField text={search} onChange={setSearch} />
      <InboxLinks />
      <ConversationList search={search} />
    </nav>
  );
}
