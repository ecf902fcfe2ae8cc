import { useMembers } from '@causerie/react';
import type { ReactElement } from 'react';
import { Avatar } from '../people/avatar.tsx';
import { useUserId } from '../people/use-user-id.ts';
import { useTexts } from '../texts/texts-context.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import styles from './say-hello.module.css';

/** The details name all of them. */
const MOST = 6;

/** Nothing has been said in a conversation yet: whom one would say it to. */
export function SayHello({ id }: { readonly id: string }): ReactElement {
  const { conversation, details } = useTexts();
  const ownId = useUserId();
  const others = useMembers(id).items.filter(({ userId }) => userId !== ownId);
  return (
    <EmptyState text={conversation.sayHello}>
      {others.length > 0 && (
        <ul className={styles.people} aria-label={details.members}>
          {others.slice(0, MOST).map(({ userId, displayName, avatarUrl }) => (
            <li key={userId}>
              <Avatar id={userId} name={displayName} url={avatarUrl} size="small" />
              <bdi>{displayName}</bdi>
            </li>
          ))}
        </ul>
      )}
    </EmptyState>
  );
}
