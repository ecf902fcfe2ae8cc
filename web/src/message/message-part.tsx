import type { ReactElement } from 'react';
import type { TextPart } from './parse-text.ts';

/** A part of a message in its element. */
export function MessagePart({ part }: { readonly part: TextPart }): ReactElement {
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
