import { createHash, randomBytes } from 'node:crypto';

/** The form of 128 bits in base64url. */
const FORM = /^[A-Za-z0-9_-]{21}[AQgw]$/;

/** 128 random bits in base64url. */
export function newInviteToken(): string {
  return randomBytes(16).toString('base64url');
}

/**
 * A token of 128 random bits cannot be guessed and needs no slow hash; looking up a hash takes no time that depends on
 * how much of a guess is right.
 * @returns null for a text that is no such token
 */
export function hashInviteToken(token: string): Buffer | null {
  return FORM.test(token) ? createHash('sha256').update(token).digest() : null;
}
