import { codePoints } from './code-points.js';
import type { ErrorDetail } from './errors/domain.error.js';
import { ValidationFailedError } from './errors/validation-failed.error.js';

// What texts must be, in the domain and in the schemas alike. Each function tells what a text must be and is not, never
// quoting it; nothing when all is well. Lengths are code points.

/** What shows nothing: blanks, control characters, what fonts leave out, and five signs that are drawn empty. */
const INVISIBLE = String.raw`\s\p{Cc}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb\u2800\u{13441}\u{13442}\u{1d159}`;
const VISIBLE = new RegExp(`[^${INVISIBLE}]`, 'v');
/** What a grapheme can begin with: a combining mark alone shows nothing of its own. */
const VISIBLE_BASE = new RegExp(String.raw`[^${INVISIBLE}\p{M}]`, 'v');
const INVISIBLES = new RegExp(`[${INVISIBLE}]`, 'gv');
/** But U+0000, which no text may have. */
const LINE_OR_CONTROL = /[[\p{Cc}\p{Zl}\p{Zp}]--[\0]]/v;
/** What turns the direction of the text around it, that of the line in which a name is shown included. */
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/v;

const BLANK = 'must not be blank';

/** Text as PostgreSQL and JSON can both hold it: no U+0000, no lone surrogate. */
export function textFaults(text: string, minimum: number, maximum: number): string[] {
  const found: string[] = [];
  if (!text.isWellFormed() || text.includes('\0')) found.push('must be valid Unicode without U+0000');
  if (!hasLength(text, minimum, maximum)) found.push(`must have ${minimum} to ${maximum} characters`);
  return found;
}

/** Text that shows something. */
export function visibleTextFaults(text: string, maximum: number): string[] {
  const found = textFaults(text, 1, maximum);
  if (text !== '' && !VISIBLE.test(text)) found.push(BLANK);
  return found;
}

/**
 * A name or title: shown in a line with others, where it must neither break the line nor turn what stands beside it.
 * Joiners and variation selectors are part of emoji, and of words in some languages.
 */
export function nameFaults(name: string, maximum: number): string[] {
  const found = textFaults(name, 1, maximum);
  if (!VISIBLE_BASE.test(name)) return name === '' ? found : [...found, BLANK];
  if (LINE_OR_CONTROL.test(name)) found.push('must not have line breaks or control characters');
  if (DIRECTION.test(name)) found.push('must not have characters that change the direction of text');
  return found;
}

/** Whether somebody could take one name for the other: case, width, style, blanks and what is invisible do not count. */
export function looksLike(name: string, other: string): boolean {
  return folded(name) === folded(other);
}

/** For the `details` of a refusal. */
export function atPath(path: string, found: readonly string[]): ErrorDetail[] {
  return found.map((message) => ({ path, message }));
}

/** @throws ValidationFailedError when there is any */
export function refuseFaults(details: readonly ErrorDetail[]): void {
  if (details.length > 0) throw new ValidationFailedError(details);
}

/** A code point takes one or two UTF-16 units, so that most texts need no counting. */
function hasLength(text: string, minimum: number, maximum: number): boolean {
  const units = text.length;
  if (units < minimum || units > 2 * maximum) return false;
  if (units >= 2 * minimum && units <= maximum) return true;
  const length = codePoints(text);
  return length >= minimum && length <= maximum;
}

function folded(name: string): string {
  return name.normalize('NFKC').replaceAll(INVISIBLES, '').toLowerCase();
}
