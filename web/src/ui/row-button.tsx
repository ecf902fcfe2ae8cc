import type { ReactElement } from 'react';
import type { IconComponent } from './create-icon.tsx';
import styles from './rows.module.css';

interface RowButtonProps {
  readonly icon: IconComponent;
  readonly text: string;
  readonly onClick: () => void;
  readonly isDanger?: boolean;
}

/** Something that one can do, in a list of such. */
export function RowButton({ icon: Icon, text, onClick, isDanger = false }: RowButtonProps): ReactElement {
  return (
    <button type="button" className={`${styles.row} ${isDanger ? styles.danger : ''}`} onClick={onClick}>
      <Icon size={20} strokeWidth={1.75} />
      <span>{text}</span>
    </button>
  );
}
