import { usePresence } from '@causerie/react';
import type { ReactElement } from 'react';
import { OnlineMark } from '../people/online-mark.tsx';
import { useSpeech } from '../texts/texts-context.ts';
import styles from './details.module.css';
import { timeAgo } from './time-ago.ts';

/** Whether somebody is online, or since when no more; nothing where that is not told. */
export function PresenceLine({ userId }: { readonly userId: string }): ReactElement {
  const { texts, language } = useSpeech();
  const presence = usePresence(userId);
  const seen = presence?.status === 'offline' ? presence.lastSeenAt : undefined;
  return (
    <p className={styles.quiet}>
      <OnlineMark userId={userId} />
      {seen !== undefined && texts.details.lastSeen(timeAgo(language, seen))}
    </p>
  );
}
