/** A permission of a token: `{ resource: 'messages', actions: ['create', 'read'] }`. */
export interface Permission {
  readonly resource: string;
  readonly actions: readonly string[];
}

/** The user and session of a verified access token. */
export interface Principal {
  /** The user's id. */
  readonly sub: string;
  readonly email: string;
  /** The session's id. */
  readonly sid: string;
  readonly permissions: readonly Permission[];
}
