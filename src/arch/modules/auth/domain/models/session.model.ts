/** Sessions of one user that go on: more than anybody has devices, few enough to look through. */
export const MAX_SESSIONS = 50;

/** From where a session is used; shown to its user. */
export interface Device {
  readonly userAgent: string | null;
  readonly ip: string | null;
}

/** A login that goes on: a family of refresh tokens. */
export interface Session extends Device {
  readonly id: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
}
