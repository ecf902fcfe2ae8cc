import { TokenInvalidError } from '../domain/errors/token-invalid.error.js';
import { TokenMissingError } from '../domain/errors/token-missing.error.js';

/** The token of an `Authorization: Bearer …` header (RFC 6750); the scheme's case does not matter. */
export function bearerToken(header: string | undefined): string {
  if (!header) throw new TokenMissingError();
  const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(header)?.[1];
  if (!token) throw new TokenInvalidError();
  return token;
}
