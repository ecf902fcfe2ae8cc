/** Active sessions of one user: more than any user has devices, and a short list to read. */
export const MAX_SESSIONS = 50;

/** The device that a session is used on, as shown to its user. */
export interface Device {
  readonly userAgent: string | null;
  readonly ip: string | null;
}

/** An active login: a family of refresh tokens. */
export interface Session extends Device {
  readonly id: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
}
