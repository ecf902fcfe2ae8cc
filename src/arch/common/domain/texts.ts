import { codePoints } from './code-points.js';
import type { ErrorDetail } from './errors/domain.error.js';
import { ValidationFailedError } from './errors/validation-failed.error.js';

// Rules for texts, shared by the domain and the schemas. Each function returns the rules that a text breaks, without
// quoting the text; an empty list when it breaks none. Lengths are code points.

/**
 * Invisible characters: blanks, control characters, characters that fonts omit, and five signs that are drawn empty.
 */
const INVISIBLE = String.raw`\s\p{Cc}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb\u2800\u{13441}\u{13442}\u{1d159}`;
const VISIBLE = new RegExp(`[^${INVISIBLE}]`, 'v');
/** Characters that can begin a visible grapheme: a combining mark alone shows nothing. */
const VISIBLE_BASE = new RegExp(String.raw`[^${INVISIBLE}\p{M}]`, 'v');
const INVISIBLES = new RegExp(`[${INVISIBLE}]`, 'gv');
/** Without U+0000, which no text may have. */
const LINE_OR_CONTROL = /[[\p{Cc}\p{Zl}\p{Zp}]--[\0]]/v;
/** Characters that change the direction of the surrounding text, including the line in which a name is shown. */
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/v;

const BLANK = 'must not be blank';

/** Checks for text that both PostgreSQL and JSON can hold: no U+0000, no lone surrogate. */
export function textFaults(text: string, minimum: number, maximum: number): string[] {
  const found: string[] = [];
  if (!text.isWellFormed() || text.includes('\0')) found.push('must be valid Unicode without U+0000');
  if (!hasLength(text, minimum, maximum)) found.push(`must have ${minimum} to ${maximum} characters`);
  return found;
}

/** Checks for text with a visible character. */
export function visibleTextFaults(text: string, maximum: number): string[] {
  const found = textFaults(text, 1, maximum);
  if (text !== '' && !VISIBLE.test(text)) found.push(BLANK);
  return found;
}

/**
 * Checks a name or title, which is shown in one line with others: it must neither break the line nor change the
 * direction of its neighbours. Joiners and variation selectors are part of emoji, and of words in some languages.
 */
export function nameFaults(name: string, maximum: number): string[] {
  const found = textFaults(name, 1, maximum);
  if (!VISIBLE_BASE.test(name)) return name === '' ? found : [...found, BLANK];
  if (LINE_OR_CONTROL.test(name)) found.push('must not have line breaks or control characters');
  if (DIRECTION.test(name)) found.push('must not have characters that change the direction of text');
  return found;
}

/**
 * Whether one name could be mistaken for the other: case, width, style, blanks and invisible characters do not count.
 */
export function looksLike(name: string, other: string): boolean {
  return folded(name) === folded(other);
}

/** Converts faults to the `details` of a refusal. */
export function atPath(path: string, found: readonly string[]): ErrorDetail[] {
  return found.map((message) => ({ path, message }));
}

/** @throws ValidationFailedError when there are any faults */
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
