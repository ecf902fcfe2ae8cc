import type { ReactElement, ReactNode } from 'react';
import { usePeople } from '../people/use-people.ts';
import { useUserId } from '../people/use-user-id.ts';
import { EVERYBODY, findMentions, WORDS_FOR_EVERYBODY } from './find-mentions.ts';
import { withFormerNames } from './former-names.ts';
import styles from './mentioning-text.module.css';

interface MentioningTextProps {
  readonly text: string;
  /** All such parts of the message. */
  readonly texts: readonly string[];
  readonly ids: readonly string[];
  /** It mentions everybody. */
  readonly isAll: boolean;
}

/** A text in which those who are mentioned stand out, oneself most. */
export function MentioningText({ text, texts, ids, isAll }: MentioningTextProps): ReactElement {
  const ownId = useUserId();
  const names = new Map<string, readonly string[]>(
    isAll ? WORDS_FOR_EVERYBODY.map((word) => [word, [EVERYBODY]]) : [],
  );
  for (const { id, name } of usePeople(ids)) names.set(name, [...(names.get(name) ?? []), id]);
  const parts: ReactNode[] = [];
  let written = 0;
  for (const { start, end, ids: meant } of findMentions(text, withFormerNames(texts, ids, names))) {
    const isOwn = meant.includes(ownId) || meant.includes(EVERYBODY);
    parts.push(
      text.slice(written, start),
      <bdi key={start} className={styles.mention} data-own={isOwn}>
        {text.slice(start, end)}
      </bdi>,
    );
    written = end;
  }
  return (
    <>
      {parts}
      {text.slice(written)}
    </>
  );
}
