import type { SessionRepositoryPort } from '../../src/arch/modules/auth/application/ports/session-repository.port.js';

/** The maximum age of a session of a subject, in seconds. */
export const MAX_AGE = 86_400;

/** The port, with refresh tokens of two hours and sessions of a day, and what its tests need in addition. */
export interface SessionSubject {
  readonly sessions: SessionRepositoryPort;
  /** The id of a new user with an account. */
  signUp(): Promise<string>;
  /** The user of a session. */
  ownerOf(sessionId: string): Promise<string | undefined>;
  /** Moves the rotation of a token so many seconds into the past. */
  ageRotation(refreshToken: string, seconds: number): Promise<void>;
  /** Makes a token expire so many seconds earlier. */
  ageToken(refreshToken: string, seconds: number): Promise<void>;
  /** Moves the last use and the end of a session so many seconds into the past. */
  ageSession(sessionId: string, seconds: number): Promise<void>;
  /** Moves the beginning of a session so many seconds into the past. */
  ageBirth(sessionId: string, seconds: number): Promise<void>;
  /** Whether the token still yields its successor. */
  isSealed(refreshToken: string): Promise<boolean>;
  close(): Promise<void>;
}

export type MakeSessionSubject = () => Promise<SessionSubject>;

export const LAPTOP = { userAgent: 'Laptop/1.0', ip: '203.0.113.7' };
export const PHONE = { userAgent: null, ip: null };

/** The successor that a token is exchanged for. */
export async function succeed({ sessions }: SessionSubject, refreshToken: string): Promise<string> {
  const rotation = await sessions.rotateToken(refreshToken, LAPTOP);
  if (rotation.outcome !== 'rotated') throw new Error(`The rotation was ${rotation.outcome}.`);
  return rotation.session.refreshToken;
}
