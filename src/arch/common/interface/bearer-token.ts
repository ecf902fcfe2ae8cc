import { TokenInvalidError } from '../domain/errors/token-invalid.error.js';
import { TokenMissingError } from '../domain/errors/token-missing.error.js';

/** The token of an `Authorization: Bearer …` header (RFC 6750); the scheme's case does not matter. */
export function bearerToken(header: string | undefined): string {
  if (!header) throw new TokenMissingError();
  const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(header)?.[1];
  if (!token) throw new TokenInvalidError('The header must be `Authorization: Bearer <access token>`.');
  return token;
}

/** The token of `auth: { token }`, or of the event `authenticate`, without a scheme. */
export function plainToken(token: unknown): string {
  if (typeof token !== 'string') throw new TokenInvalidError('The access token must be a string.');
  if (/^Bearer\s/i.test(token))
    throw new TokenInvalidError('The access token stands alone here, without `Bearer`.');
  return token;
}
