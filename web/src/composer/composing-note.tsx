import type { ReactElement } from 'react';
import { X } from '../ui/icons.ts';
import { useTexts } from '../texts/texts-context.ts';
import { IconButton } from '../ui/button.tsx';
import styles from './composing-note.module.css';
import type { Composing } from './composing.ts';

interface ComposingNoteProps {
  readonly composing: Composing;
  readonly onLeave: () => void;
}

/** Above the composer: what it is used for, and the way back. */
export function ComposingNote({ composing, onLeave }: ComposingNoteProps): ReactElement {
  const { composer, common } = useTexts();
  const { kind } = composing;
  return (
    <div className={styles.note}>
      <p className={styles.text}>
        <strong>
          {kind === 'reply' && composer.replyTo(composing.to.sender.displayName)}
          {kind === 'edit' && composer.editing}
          {kind === 'recall' && composer.recalled}
        </strong>{' '}
        {kind === 'reply' && <bdi className={styles.quote}>{composing.to.content}</bdi>}
      </p>
      <IconButton icon={X} label={common.cancel} onClick={onLeave} />
    </div>
  );
}
