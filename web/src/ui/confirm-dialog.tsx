import type { ReactElement } from 'react';
import { useTexts } from '../texts/texts-context.ts';
import { Button } from './button.tsx';
import styles from './confirm-dialog.module.css';
import { Dialog } from './dialog.tsx';
import { Problem } from './problem.tsx';
import { useAction } from './use-action.ts';
import { useIsShown } from './use-is-shown.ts';

interface ConfirmDialogProps {
  readonly title: string;
  /** What follows from it. */
  readonly text: string;
  /** What is done, as the text of the button. */
  readonly action: string;
  readonly onConfirm: () => Promise<unknown>;
  readonly onClose: () => void;
}

/** Asks before something that cannot be undone. What fails leaves it open: the same button tries it again. */
export function ConfirmDialog({ title, text, action, onConfirm, onClose }: ConfirmDialogProps): ReactElement {
  const { common } = useTexts();
  const { isBusy, error, run } = useAction();
  const isShown = useIsShown();
  async function confirm(): Promise<void> {
    if ((await run(onConfirm)) && isShown.current) onClose();
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <p className={styles.text}>{text}</p>
      <Problem error={error} />
      <div className={styles.buttons}>
        <Button onClick={onClose}>{common.cancel}</Button>
        <Button look="destroy" aria-disabled={isBusy} onClick={() => void confirm()}>
          {action}
        </Button>
      </div>
    </Dialog>
  );
}
