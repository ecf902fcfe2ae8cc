import type { ConversationSummary } from '@causerie/client';
import type { ReactElement } from 'react';
import { conversationName } from '../list/names.ts';
import { Avatar } from '../people/avatar.tsx';
import { useTexts } from '../texts/texts-context.ts';
import styles from './details.module.css';

export function GroupHead({ summary }: { readonly summary: ConversationSummary }): ReactElement {
  const texts = useTexts();
  const name = conversationName(texts, summary);
  return (
    <div className={styles.head}>
      <Avatar id={summary.id} name={name} url={null} size="large" />
      <h3>
        <bdi>{name}</bdi>
      </h3>
      <p className={styles.quiet}>{texts.common.memberCount(summary.memberCount)}</p>
    </div>
  );
}
