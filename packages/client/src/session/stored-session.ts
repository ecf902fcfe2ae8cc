import type { Tokens } from '../contract.ts';
import type { Clock } from '../ports.ts';
import type { Held } from './account.ts';

/** What all tabs share: the tokens, and when they came, by the device's clock, which is no more than a hint. */
export interface StoredSession extends Tokens {
  readonly obtainedAt: number;
}

/** Null when somebody else has written something else there. */
export function parseSession(text: string | null): StoredSession | null {
  try {
    const stored = JSON.parse(text ?? 'null') as StoredSession | null;
    return stored?.refreshToken && stored.accessToken && stored.user?.id ? stored : null;
  } catch {
    return null;
  }
}

/** Milliseconds that its token is probably still valid. A clock that was set back makes it look younger than new. */
export function timeLeft({ obtainedAt, expiresIn }: StoredSession, clock: Clock): number {
  return Math.min(expiresIn * 1_000, obtainedAt + expiresIn * 1_000 - clock.wallTime());
}

/** @param since when the token was asked for, if by this tab, by the clock that is never set back */
export function heldOf(stored: StoredSession, clock: Clock, since?: number): StoredSession & Held {
  const lifetime = stored.expiresIn * 1_000;
  const expiresAt = since === undefined ? clock.now() + timeLeft(stored, clock) : since + lifetime;
  return { ...stored, expiresAt, lifetime };
}
