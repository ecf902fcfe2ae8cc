import type { ReactElement, Ref } from 'react';
import { Archive } from '../ui/icons.ts';
import { useTexts } from '../texts/texts-context.ts';
import styles from './archived.module.css';

interface ArchivedLinkProps {
  readonly count: number;
  readonly opener: Ref<HTMLButtonElement>;
  readonly onOpen: () => void;
}

/** Above the list, when there are archived conversations: the way to them. */
export function ArchivedLink({ count, opener, onOpen }: ArchivedLinkProps): ReactElement {
  const { list } = useTexts();
  return (
    <button ref={opener} type="button" className={styles.link} onClick={onOpen}>
      <Archive size={16} />
      <span>{list.archived}</span>
      <small>{count}</small>
    </button>
  );
}
