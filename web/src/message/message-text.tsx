import { memo, type ReactElement } from 'react';
import { MentioningParts } from '../mentions/mentioning-parts.tsx';
import { useLinkFinder } from './link-finder.ts';
import { MessagePart } from './message-part.tsx';
import styles from './message-text.module.css';
import { parseText } from './parse-text.ts';

interface MessageTextProps {
  readonly text: string;
  /** Whom it mentions. */
  readonly mentions?: readonly string[] | undefined;
  readonly mentionsAll?: boolean | undefined;
}

/** The text of a message, with its line breaks, links, code and mentions. */
export const MessageText = memo(function MessageText(props: MessageTextProps): ReactElement {
  const { text, mentions = [], mentionsAll = false } = props;
  const parts = parseText(text, useLinkFinder(text));
  return (
    <div className={styles.text} dir="auto">
      {mentionsAll || mentions.length > 0 ? (
        <MentioningParts parts={parts} ids={mentions} isAll={mentionsAll} />
      ) : (
        // Parts have no identity but their place.
        // oxlint-disable-next-line react/no-array-index-key
        parts.map((part, place) => <MessagePart key={place} part={part} />)
      )}
    </div>
  );
});
