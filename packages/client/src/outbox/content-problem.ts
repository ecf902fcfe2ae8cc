import { limits } from '../contract.ts';

/** Blanks, control characters, and characters that fonts omit or draw empty. */
const VISIBLE = /[^\s\p{Cc}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb\u2800\u{13441}\u{13442}\u{1d159}]/u;
/** U+0000, and halves of characters. */
const MALFORMED = /[\0\p{Cs}]/u;

/** Why the server would refuse a text; null when it would not. */
export function contentProblem(text: string): 'blank' | 'too-long' | 'malformed' | null {
  if (MALFORMED.test(text)) return 'malformed';
  if (!VISIBLE.test(text)) return 'blank';
  return text.length > limits.content.max && Array.from(text).length > limits.content.max ? 'too-long' : null;
}
