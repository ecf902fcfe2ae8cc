import { memo, type ReactElement } from 'react';
import styles from './message-text.module.css';
import { parseText, type TextPart } from './parse-text.ts';

/** The text of a message, with its line breaks, links and code. */
export const MessageText = memo(function MessageText({ text }: { readonly text: string }): ReactElement {
  return (
    <div className={styles.text} dir="auto">
      {parseText(text).map((part, place) => (
        // Parts have no identity but their place.
        // oxlint-disable-next-line react/no-array-index-key
        <Part key={place} part={part} />
      ))}
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
