import type { ReactElement, ReactNode } from 'react';
import type { IconComponent } from './create-icon.tsx';
import styles from './empty-state.module.css';

interface EmptyStateProps {
  readonly icon?: IconComponent;
  readonly text: string;
  /** It is all that the page says: its heading. */
  readonly isPage?: boolean;
  /** What one can do. */
  readonly children?: ReactNode;
}

/** What stands where there is nothing, or where something failed. */
export function EmptyState({ icon: Icon, text, isPage = false, children }: EmptyStateProps): ReactElement {
  return (
    <div className={styles.state}>
      {Icon && <Icon size={32} strokeWidth={1.5} />}
      {isPage ? <h1>{text}</h1> : <p>{text}</p>}
      {children}
    </div>
  );
}
