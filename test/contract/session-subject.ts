import type { SessionRepositoryPort } from '../../src/arch/modules/auth/application/ports/session-repository.port.js';

/** The age in seconds at which a session of a subject is over. */
export const MAX_AGE = 86_400;

/** The port, with refresh tokens of two hours and sessions of a day, and what its tests need but no port offers. */
export interface SessionSubject {
  readonly sessions: SessionRepositoryPort;
  /** The id of somebody new who has an account. */
  signUp(): Promise<string>;
  /** Whose session that is. */
  ownerOf(sessionId: string): Promise<string | undefined>;
  /** Makes it so many seconds longer ago that a token was rotated. */
  ageRotation(refreshToken: string, seconds: number): Promise<void>;
  /** Brings the end of a token so many seconds nearer. */
  ageToken(refreshToken: string, seconds: number): Promise<void>;
  /** Makes it so many seconds longer ago that a session was used, and ended. */
  ageSession(sessionId: string, seconds: number): Promise<void>;
  /** Makes it so many seconds longer ago that a session was opened. */
  ageBirth(sessionId: string, seconds: number): Promise<void>;
  /** Whether whoever presents the token could still be given its successor. */
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
