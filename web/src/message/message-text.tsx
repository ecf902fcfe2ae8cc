import { memo, type ReactElement } from 'react';
import { MentioningText } from '../mentions/mentioning-text.tsx';
import { useLinkFinder } from './link-finder.ts';
import styles from './message-text.module.css';
import { parseText, type TextPart } from './parse-text.ts';

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
  const texts = parts.flatMap((part) => (part.kind === 'text' ? [part.text] : []));
  const isMentioning = mentionsAll || mentions.length > 0;
  return (
    <div className={styles.text} dir="auto">
      {parts.map((part, place) =>
        isMentioning && part.kind === 'text' ? (
          // Parts have no identity but their place.
          // oxlint-disable-next-line react/no-array-index-key
          <MentioningText key={place} text={part.text} texts={texts} ids={mentions} isAll={mentionsAll} />
        ) : (
          // oxlint-disable-next-line react/no-array-index-key
          <Part key={place} part={part} />
        ),
      )}
    </div>
  );
});

function Part({ part }: { readonly part: TextPart }): ReactElement {
  const { text } = part;
  if (part.kind === 'code') return <code>{text}</code>;
  if (part.kind === 'block')
    return (
      <pre>
        <code>{text}</code>
      </pre>
    );
  if (part.kind === 'text') return <>{text}</>;
  return (
    <a href={part.href} target="_blank" rel="noopener noreferrer nofollow ugc">
      {text}
    </a>
  );
}
