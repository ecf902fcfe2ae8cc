import type { ReactElement } from 'react';
import { Search } from '../ui/icons.ts';
import { useTexts } from '../texts/texts-context.ts';
import styles from './search-field.module.css';

interface SearchFieldProps {
  readonly text: string;
  readonly onChange: (text: string) => void;
}

/** Filters the list; Escape empties it. */
export function SearchField({ text, onChange }: SearchFieldProps): ReactElement {
  const { list } = useTexts();
  return (
    <label className={styles.search}>
      <Search size={16} />
      <input
        type="search"
        data-search
        value={text}
        placeholder={list.search}
        aria-label={list.search}
        autoComplete="off"
        onChange={({ target }) => onChange(target.value)}
        onKeyDown={({ key }) => key === 'Escape' && onChange('')}
      />
    </label>
  );
}
