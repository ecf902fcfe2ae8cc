import { useSummary } from '@causerie/react';
import { type KeyboardEvent, type ReactElement, useEffect, useId, useRef } from 'react';
import { ArrowLeft, X } from '../ui/icons.ts';
import { conversationName } from '../list/names.ts';
import { useTexts } from '../texts/texts-context.ts';
import { IconButton } from '../ui/button.tsx';
import { useMedia } from '../ui/use-media.ts';
import { isWriting } from '../ui/where-focus.ts';
import { Thread } from './thread.tsx';
import styles from './thread-panel.module.css';

interface ThreadPanelProps {
  readonly conversationId: string;
  readonly messageId: string;
  readonly onClose: () => void;
}

/** What has its own use for Escape. */
const OVERLAYS = 'dialog, [role=menu], [role=dialog], [popover]';

/** A thread: beside its conversation where there is room, else in its place. */
export default function ThreadPanel({ conversationId, messageId, onClose }: ThreadPanelProps): ReactElement {
  const texts = useTexts();
  const { thread, common } = texts;
  const summary = useSummary(conversationId);
  const isPage = useMedia('(max-width: 63.99em)');
  const Title = isPage ? 'h1' : 'h2';
  const titleId = useId();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!isWriting()) title.current?.focus();
  }, [messageId]);
  function closeByKey(event: KeyboardEvent): void {
    const isElsewhere = event.target instanceof Element && event.target.closest(OVERLAYS) !== null;
    if (event.key === 'Escape' && !event.defaultPrevented && !isElsewhere) onClose();
  }
  return (
    // Escape closes it, wherever the focus is in it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <aside className={styles.panel} aria-labelledby={titleId} onKeyDown={closeByKey}>
      <header className={styles.header}>
        {isPage && <IconButton icon={ArrowLeft} label={common.back} onClick={onClose} />}
        <div className={styles.titles}>
          <Title id={titleId} ref={title} tabIndex={-1}>
            {thread.thread}
          </Title>
          {isPage && (
            <p>
              <bdi>{summary && conversationName(texts, summary)}</bdi>
            </p>
          )}
        </div>
        {!isPage && <IconButton icon={X} label={common.close} onClick={onClose} />}
      </header>
      <Thread key={messageId} conversationId={conversationId} messageId={messageId} />
    </aside>
  );
}
