import type { ConversationSummary } from '@causerie/client';
import { type ReactElement, useEffect, useId, useRef } from 'react';
import { ArrowLeft, X } from '../ui/icons.ts';
import { useTexts } from '../texts/texts-context.ts';
import { IconButton } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { useMedia } from '../ui/use-media.ts';
import { isWriting } from '../ui/where-focus.ts';
import styles from './details-frame.module.css';
import { Details } from './details.tsx';

export interface DetailsFrameProps {
  readonly summary: ConversationSummary;
  readonly onClose: () => void;
}

/** The details of a conversation: a page of their own, a dialog or a column, by the width there is. */
export default function DetailsFrame({ summary, onClose }: DetailsFrameProps): ReactElement {
  const { conversation } = useTexts();
  const isDialog = useMedia('(min-width: 40em) and (max-width: 63.99em)');
  if (!isDialog) return <Column summary={summary} onClose={onClose} />;
  return (
    <Dialog title={conversation.details} onClose={onClose}>
      <Details summary={summary} />
    </Dialog>
  );
}

function Column({ summary, onClose }: DetailsFrameProps): ReactElement {
  const { conversation, common } = useTexts();
  const isPage = useMedia('(max-width: 39.99em)');
  const titleId = useId();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!isWriting()) title.current?.focus();
  }, []);
  return (
    // Escape closes it, wherever the focus is in it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <aside
      className={styles.column}
      data-area
      aria-labelledby={titleId}
      onKeyDown={({ key, target }) => {
        const isInDialog = target instanceof Element && target.closest('dialog') !== null;
        if (key === 'Escape' && !isInDialog) onClose();
      }}
    >
      <header className={styles.header}>
        {isPage && <IconButton icon={ArrowLeft} label={common.back} onClick={onClose} />}
        <h2 id={titleId} ref={title} tabIndex={-1}>
          {conversation.details}
        </h2>
        {!isPage && <IconButton icon={X} label={common.close} onClick={onClose} />}
      </header>
      <div className={styles.content}>
        <Details summary={summary} />
      </div>
    </aside>
  );
}
