import type { TextPart } from '../message/parse-text.ts';
import { findMentions, type Names } from './find-mentions.ts';
import { withFormerNames } from './former-names.ts';

/** A part of a message that mentions somebody. */
export interface Mention {
  readonly kind: 'mention';
  readonly text: string;
  readonly ids: readonly string[];
}

/** The parts of a message, with those that mention somebody as parts of their own. Code and links mention nobody. */
export function splitMentions(
  parts: readonly TextPart[],
  ids: readonly string[],
  names: Names,
): readonly (TextPart | Mention)[] {
  const texts = parts.flatMap((part) => (part.kind === 'text' ? [part.text] : []));
  // Once for the message: it may have hundreds of parts.
  const known = withFormerNames(texts, ids, names);
  return parts.flatMap((part) => (part.kind === 'text' ? splitText(part.text, known) : [part]));
}

function splitText(text: string, names: Names): (TextPart | Mention)[] {
  const parts: (TextPart | Mention)[] = [];
  let written = 0;
  for (const { start, end, ids } of findMentions(text, names)) {
    if (start > written) parts.push({ kind: 'text', text: text.slice(written, start) });
    parts.push({ kind: 'mention', text: text.slice(start, end), ids });
    written = end;
  }
  if (written < text.length) parts.push({ kind: 'text', text: text.slice(written) });
  return parts;
}
