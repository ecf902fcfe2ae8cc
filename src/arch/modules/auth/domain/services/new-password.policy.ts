import { ValidationFailedError } from '../../../../common/domain/errors/validation-failed.error.js';

export interface PasswordList {
  includes(password: string): boolean;
}

/** @param field what the request calls it */
export function requireUncommonPassword(password: string, field: string, common: PasswordList): void {
  if (!common.includes(password)) return;
  throw new ValidationFailedError([{ path: field, message: 'is one of the most common passwords' }]);
}
