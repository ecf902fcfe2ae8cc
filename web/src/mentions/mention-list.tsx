import { type ReactElement, useEffect, useRef } from 'react';
import { Users } from '../ui/icons.ts';
import { Avatar } from '../people/avatar.tsx';
import { useTexts } from '../texts/texts-context.ts';
import { EVERYBODY } from './find-mentions.ts';
import type { Mentionable } from './mentionable.ts';
import styles from './mention-list.module.css';
import { optionId } from './option-id.ts';

interface MentionListProps {
  readonly id: string;
  readonly options: readonly Mentionable[];
  /** The option that the keys choose. */
  readonly index: number;
  readonly onChoose: (person: Mentionable) => void;
}

/** Above the field, in which the focus stays. */
export default function MentionList({ id, options, index, onChoose }: MentionListProps): ReactElement {
  const { composer } = useTexts();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[index]?.scrollIntoView({ block: 'nearest' });
  }, [index]);
  return (
    // A native list has neither pictures nor the focus in another element.
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
    <div ref={list} id={id} role="listbox" aria-label={composer.mention} className={styles.list}>
      {options.map((person, place) => (
        // The keys of the field choose it.
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
        <div
          key={person.id}
          id={optionId(id, place)}
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
          role="option"
          tabIndex={-1}
          aria-selected={place === index}
          className={styles.option}
          onPointerDown={(event) => event.preventDefault()}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(person)}
        >
          {person.id === EVERYBODY ? (
            <Users size={20} strokeWidth={1.75} />
          ) : (
            <Avatar id={person.id} name={person.name} url={person.avatarUrl} size="small" />
          )}
          <bdi>{person.name}</bdi>
          {person.id === EVERYBODY && <small>{composer.everybody}</small>}
        </div>
      ))}
    </div>
  );
}
