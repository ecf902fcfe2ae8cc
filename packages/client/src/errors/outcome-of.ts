import { type CauserieError, isTemporary } from './causerie-error.ts';

/** How often `INTERNAL` is taken for a passing fault. */
const INTERNAL_ATTEMPTS = 3;

/**
 * What to do after a failed attempt: `wait` and repeat it, `refresh` the token and repeat it once, `sign-out`, or leave it
 * `failed`, so that the user decides.
 */
export function outcomeOf(error: CauserieError, attempts = 1): 'wait' | 'refresh' | 'sign-out' | 'failed' {
  const { code } = error;
  if (code === 'TOKEN_EXPIRED' || code === 'TOKEN_INVALID') return 'refresh';
  if (code === 'SESSION_REVOKED' || code.startsWith('REFRESH_TOKEN_')) return 'sign-out';
  if (code === 'INTERNAL' && attempts >= INTERNAL_ATTEMPTS) return 'failed';
  // A client that was closed says nothing of what it was about to send.
  return isTemporary(code) || code === 'CLOSED' ? 'wait' : 'failed';
}
