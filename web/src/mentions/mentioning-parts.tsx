import type { ReactElement } from 'react';
import { MessagePart } from '../message/message-part.tsx';
import type { TextPart } from '../message/parse-text.ts';
import { usePeople } from '../people/use-people.ts';
import { useUserId } from '../people/use-user-id.ts';
import { EVERYBODY, WORDS_FOR_EVERYBODY } from './find-mentions.ts';
import styles from './mentioning-parts.module.css';
import { splitMentions } from './split-mentions.ts';

interface MentioningPartsProps {
  readonly parts: readonly TextPart[];
  readonly ids: readonly string[];
  /** The message mentions everybody. */
  readonly isAll: boolean;
}

/** The parts of a message in which those who are mentioned stand out, oneself most. */
export function MentioningParts({ parts, ids, isAll }: MentioningPartsProps): ReactElement {
  const ownId = useUserId();
  const names = new Map<string, readonly string[]>(
    isAll ? WORDS_FOR_EVERYBODY.map((word) => [word, [EVERYBODY]]) : [],
  );
  for (const { id, name } of usePeople(ids)) names.set(name, [...(names.get(name) ?? []), id]);
  return (
    <>
      {splitMentions(parts, ids, names).map((part, place) =>
        part.kind === 'mention' ? (
          // Parts have no identity but their place.
          // oxlint-disable-next-line react/no-array-index-key
          <bdi key={place} className={styles.mention} data-own={isOwn(part.ids, ownId)}>
            {part.text}
          </bdi>
        ) : (
          // oxlint-disable-next-line react/no-array-index-key
          <MessagePart key={place} part={part} />
        ),
      )}
    </>
  );
}

const isOwn = (ids: readonly string[], ownId: string): boolean =>
  ids.includes(ownId) || ids.includes(EVERYBODY);
