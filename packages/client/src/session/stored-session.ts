import type { Tokens } from '../contract.ts';
import type { Clock } from '../ports.ts';
import type { Held } from './account.ts';

/** What all tabs share: the tokens, and when they came, by the device's clock, which is no more than a hint. */
interface StoredSession extends Tokens {
  readonly obtainedAt: number;
}

/** Tokens of an account of this server. */
export interface HeldSession extends StoredSession, Held {}

/** A text for the storage. */
export function textOf(tokens: Tokens, clock: Clock): string {
  return JSON.stringify({ ...tokens, obtainedAt: clock.wallTime() });
}

/** Null when somebody else has written something else there. */
export function parseSession(text: string | null, clock: Clock): HeldSession | null {
  try {
    const stored = JSON.parse(text ?? '') as StoredSession;
    const { id, displayName } = stored.user;
    // What is no text has no `trim`.
    if (!stored.refreshToken || !stored.accessToken || !id.trim() || !displayName.trim()) return null;
    const lifetime = stored.expiresIn * 1_000;
    // A clock that was set back makes it look younger than new.
    const left = Math.min(lifetime, stored.obtainedAt + lifetime - clock.wallTime());
    return { ...stored, lifetime, expiresAt: clock.now() + left };
  } catch {
    return null;
  }
}
