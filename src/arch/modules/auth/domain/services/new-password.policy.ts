import { ValidationFailedError } from '../../../../common/domain/errors/validation-failed.error.js';
import { atPath, refuseFaults, textFaults } from '../../../../common/domain/texts.js';
import { PASSWORD_MAX, PASSWORD_MIN } from '../models/password.model.js';

export interface PasswordList {
  includesPassword(password: string): boolean;
}

/** The owner of the new password. */
export interface PasswordOwner {
  readonly email: string;
  readonly displayName: string;
}

/** The product's name in lower case, an obvious guess. */
const PRODUCT = 'causerie';
/** Maximum characters of a repeated sequence: repeating it makes no better password. */
const SHORT = 4;

/**
 * Refuses common and obvious passwords, whatever their case.
 * @param field the field's name in the request
 * @throws ValidationFailedError
 */
export function requireGoodPassword(
  password: string,
  field: string,
  owner: PasswordOwner,
  common: PasswordList,
): void {
  refuseFaults(atPath(field, textFaults(password, PASSWORD_MIN, PASSWORD_MAX)));
  const message = problemOf(password.toLowerCase(), owner, common);
  if (message !== null) throw new ValidationFailedError([{ path: field, message }]);
}

function problemOf(
  password: string,
  { email, displayName }: PasswordOwner,
  common: PasswordList,
): string | null {
  if (common.includesPassword(password)) return 'is one of the most common passwords';
  if (isRepetition(password)) return 'must not be one character or a short sequence repeated';
  const address = email.toLowerCase();
  const [localPart = ''] = address.split('@', 1);
  const known = [address, localPart, displayName.trim().toLowerCase(), PRODUCT];
  if (known.includes(password.trim()))
    return 'must not be your e-mail address, your name or the name of this product';
  return null;
}

function isRepetition(password: string): boolean {
  const characters = Array.from(password);
  return Array.from({ length: SHORT }, (_, index) => index + 1).some((period) =>
    characters.every((character, place) => place < period || character === characters[place - period]),
  );
}
