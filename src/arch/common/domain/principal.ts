/** What a token allows: `{ resource: 'messages', actions: ['create', 'read'] }`. */
export interface Permission {
  readonly resource: string;
  readonly actions: readonly string[];
}

/** Who a verified access token speaks for. */
export interface Principal {
  /** The user's id. */
  readonly sub: string;
  readonly email: string;
  /** The session's id. */
  readonly sid: string;
  readonly permissions: readonly Permission[];
}
