/** What is being typed after `@`. */
export interface MentionQuery {
  /** Where the `@` stands. */
  readonly at: number;
  readonly text: string;
}

/** The `@` may not be in a word; names have spaces, but none in front. */
const TYPED = /(?<![\p{L}\p{N}_.])@((?! )[^@\n]{0,50})$/u;
/** Longer than what is looked at. */
const LOOKED_AT = 60;

/** The name that is being typed at a place of a text; null where none is. */
export function mentionQuery(text: string, caret: number): MentionQuery | null {
  const typed = TYPED.exec(text.slice(Math.max(0, caret - LOOKED_AT), caret))?.[1];
  return typed === undefined ? null : { at: caret - typed.length - 1, text: typed };
}
