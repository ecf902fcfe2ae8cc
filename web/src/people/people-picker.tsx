import type { PublicProfile } from '@causerie/client';
import type { ReactElement } from 'react';
import { X } from '../ui/icons.ts';
import { useTexts } from '../texts/texts-context.ts';
import { errorText } from '../ui/error-text.ts';
import { TextField } from '../ui/text-field.tsx';
import { isWriting } from '../ui/where-focus.ts';
import { Avatar } from './avatar.tsx';
import styles from './people-picker.module.css';
import { usePeopleSearch } from './use-people-search.ts';
import { useUserId } from './use-user-id.ts';

interface PeoplePickerProps {
  readonly chosen: readonly PublicProfile[];
  readonly onChange: (chosen: readonly PublicProfile[]) => void;
}

/** Finds people by name, and keeps those who were chosen. */
export function PeoplePicker({ chosen, onChange }: PeoplePickerProps): ReactElement {
  const { people } = useTexts();
  const search = usePeopleSearch();
  const ownId = useUserId();
  const remove = (id: string): void => onChange(chosen.filter((person) => person.id !== id));
  return (
    <div className={styles.picker}>
      {chosen.length > 0 && (
        <ul className={styles.chosen} aria-label={people.chosen}>
          {chosen.map(({ id, displayName }) => (
            <li key={id}>
              <button type="button" onClick={() => remove(id)} aria-label={people.remove(displayName)}>
                <bdi>{displayName}</bdi>
                <X size={14} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <TextField
        label={people.search}
        type="search"
        autoComplete="off"
        autoFocus={!isWriting()}
        value={search.text}
        onChange={({ target }) => search.setText(target.value)}
      />
      <Found
        search={search}
        without={[ownId, ...chosen.map(({ id }) => id)]}
        onChoose={(person) => {
          onChange([...chosen, person]);
          search.setText('');
        }}
      />
    </div>
  );
}

interface FoundProps {
  readonly search: ReturnType<typeof usePeopleSearch>;
  readonly without: readonly string[];
  readonly onChoose: (person: PublicProfile) => void;
}

function Found({ search: { text, found, error }, without, onChoose }: FoundProps): ReactElement | null {
  const texts = useTexts();
  const { people } = texts;
  const shown = found?.filter(({ id }) => !without.includes(id));
  if (text.trim() === '') return <p className={styles.note}>{people.typeName}</p>;
  if (error) return <p className={styles.note}>{errorText(texts, error)}</p>;
  if (!shown) return null;
  if (shown.length === 0) return <p className={styles.note}>{people.nobodyFound}</p>;
  return (
    <ul className={styles.found} aria-label={people.found}>
      {shown.map((person) => (
        <li key={person.id}>
          <button type="button" onClick={() => onChoose(person)}>
            <Avatar id={person.id} name={person.displayName} url={person.avatarUrl} />
            <bdi>{person.displayName}</bdi>
          </button>
        </li>
      ))}
    </ul>
  );
}
