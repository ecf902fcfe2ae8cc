import { ValidationFailedError } from '../../../domain/errors/validation-failed.error.js';

const MAX = 64;
const PRINTABLE = /^[\x20-\x7e]*$/;
/** A string of RFC 8941, section 3.3.3, as the IETF draft requires for the key: only `"` and `\` are escaped. */
const QUOTED = /^"((?:[^"\\]|\\["\\])*)"$/;

/**
 * The key of a request.
 * @param fields every `Idempotency-Key` header, unchanged
 * @returns null when there is none
 * @throws ValidationFailedError
 */
export function idempotencyKey(fields: readonly string[] | undefined): string | null {
  if (fields === undefined) return null;
  const [field = ''] = fields;
  if (fields.length > 1) throw refused('must be sent once');
  const key = field.startsWith('"') ? unquoted(field) : field;
  if (key.length < 1 || key.length > MAX || !PRINTABLE.test(key)) {
    throw refused(`must have 1 to ${MAX} printable ASCII characters`);
  }
  return key;
}

function unquoted(field: string): string {
  const [, quoted] = QUOTED.exec(field) ?? [];
  if (quoted === undefined)
    throw refused('must end with the quote that it begins with, and escape only " and \\');
  return quoted.replaceAll(/\\(["\\])/g, '$1');
}

function refused(message: string): ValidationFailedError {
  return new ValidationFailedError([{ path: 'Idempotency-Key', message }]);
}
