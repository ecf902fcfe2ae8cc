export interface OpenedSession {
  readonly id: string;
  /** The first refresh token of the session's family; only its hash is stored. */
  readonly refreshToken: string;
}

export abstract class SessionRepositoryPort {
  /** Opens a session of the user with its first refresh token, in one step. */
  abstract open(userId: string): Promise<OpenedSession>;
}
