import type { Sender } from '@causerie/client';
import type { ReactElement } from 'react';
import { Avatar } from '../people/avatar.tsx';
import { useUserId } from '../people/use-user-id.ts';
import styles from './details.module.css';
import { PresenceLine } from './presence-line.tsx';
import { useProfile } from './use-profile.ts';

interface PersonHeadProps {
  readonly person: Sender;
  /** Whether the name stands above already. */
  readonly isNamed?: boolean;
}

/** Somebody: picture, name, whether online, and what they say of themselves. */
export function PersonHead({ person, isNamed = false }: PersonHeadProps): ReactElement {
  const ownId = useUserId();
  const bio = useProfile(person.id)?.bio;
  return (
    <div className={styles.head}>
      <Avatar id={person.id} name={person.displayName} url={person.avatarUrl} size="large" />
      {!isNamed && (
        <h3>
          <bdi>{person.displayName}</bdi>
        </h3>
      )}
      {person.id !== ownId && <PresenceLine userId={person.id} />}
      {bio && (
        <p className={styles.bio} dir="auto">
          {bio}
        </p>
      )}
    </div>
  );
}
