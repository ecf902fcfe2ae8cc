import { type MouseEvent, type ReactElement, type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { X } from './icons.ts';
import { useTexts } from '../texts/texts-context.ts';
import { IconButton } from './button.tsx';
import styles from './dialog.module.css';
import { ToastRegion } from './toasts.tsx';

interface DialogProps {
  /** What it is called, also for screen readers. */
  readonly title: string;
  /** By Escape, its button, a click beside it, or a button in a form with the method `dialog`. */
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** What is used first: fields in which one writes, or chooses, before what comes first. */
const FIRST = [':is(input, textarea):not([type=radio]:not(:checked))', 'select, button, a'];

/** A native dialog, open while it is rendered. The focus goes to its content, and back to the opener. */
export function Dialog({ title, onClose, children }: DialogProps): ReactElement {
  const { common } = useTexts();
  const titleId = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const isPressed = useRef(false);
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element) return undefined;
    element.showModal();
    const content = element.querySelector('[data-content]');
    const first = FIRST.map((what) => content?.querySelector<HTMLElement>(what)).find(Boolean);
    first?.focus();
    // A dialog that is only removed gives the focus to nobody.
    return () => element.close();
  }, []);
  const isBackdrop = (event: MouseEvent): boolean => event.target === dialog.current;
  return (
    // The keyboard closes it with Escape.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-labelledby={titleId}
      onClose={({ target, currentTarget }) => {
        if (target === currentTarget && currentTarget.isConnected && !currentTarget.open) onClose();
      }}
      // A text may be selected to beyond the dialog: the click has to begin there, too.
      onMouseDown={(event) => {
        isPressed.current = isBackdrop(event);
      }}
      onClick={(event) => {
        if (isBackdrop(event) && isPressed.current) onClose();
      }}
    >
      <div className={styles.box}>
        <header className={styles.header}>
          <h2 id={titleId}>
            <bdi>{title}</bdi>
          </h2>
          <IconButton icon={X} label={common.close} onClick={onClose} />
        </header>
        <div className={styles.content} data-content>
          {children}
        </div>
      </div>
      <ToastRegion />
    </dialog>
  );
}
