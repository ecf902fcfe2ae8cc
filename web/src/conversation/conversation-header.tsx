import type { ConversationSummary } from '@causerie/client';
import type { ReactElement } from 'react';
import { useLocation } from 'wouter';
import { ArrowLeft } from '../ui/icons.ts';
import type { Jump } from '../jump/jump-context.ts';
import { conversationName } from '../list/names.ts';
import { Avatar } from '../people/avatar.tsx';
import { OnlineMark } from '../people/online-mark.tsx';
import { PinsButton } from '../pins/pins-button.tsx';
import { useTexts } from '../texts/texts-context.ts';
import { IconButton } from '../ui/button.tsx';
import styles from './conversation-header.module.css';
import { DetailsButton } from './details-button.tsx';

interface ConversationHeaderProps {
  readonly id: string;
  /** Null while it is not known. */
  readonly summary: ConversationSummary | null;
  readonly onJump: Jump;
}

export function ConversationHeader({ id, summary, onJump }: ConversationHeaderProps): ReactElement {
  const texts = useTexts();
  const [, navigate] = useLocation();
  const other = summary?.other;
  const name = summary ? conversationName(texts, summary) : '';
  return (
    <header className={styles.header} data-area>
      <IconButton
        className={styles.back}
        icon={ArrowLeft}
        label={texts.common.back}
        onClick={() => navigate('/')}
      />
      <Avatar id={other?.id ?? id} name={name} url={other?.avatarUrl ?? null} />
      <div className={styles.titles}>
        <h1>
          <bdi>{name}</bdi>
        </h1>
        <p>
          {other ? (
            <OnlineMark userId={other.id} />
          ) : (
            summary && texts.common.memberCount(summary.memberCount)
          )}
        </p>
      </div>
      {summary && summary.type !== 'thread' && (
        <div className={styles.actions}>
          <PinsButton id={id} onJump={onJump} />
          <DetailsButton id={id} />
        </div>
      )}
    </header>
  );
}
