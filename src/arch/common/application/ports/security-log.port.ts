/** The reason why a session ended. */
export type SessionEnd =
  | 'logout'
  | 'ended_by_user'
  | 'password_changed'
  | 'account_deleted'
  | 'refresh_reused'
  | 'too_many'
  | 'too_old';

/** A session and its user, as ids; the log contains a keyed hash of the user's id. */
interface InSession {
  readonly userId: string;
  readonly sessionId: string;
}

/** The refused action, and its user when known. */
interface Refused {
  readonly code: string;
  readonly userId?: string | undefined;
  readonly sessionId?: string | undefined;
}

/**
 * The facts of each security event, by the event's name. `docs/security.md` says what each means and when it is
 * recorded.
 */
interface SecurityFacts {
  'auth.login.ok': InSession & { readonly email: string };
  'auth.login.failed': { readonly email: string };
  'auth.login.throttled': { readonly email: string };
  'auth.refresh.reused': InSession;
  'auth.password.changed': { readonly userId: string };
  'session.ended': InSession & { readonly reason: SessionEnd };
  'ws.refused': Refused;
  'authz.denied': Refused;
  'limit.hit': Refused;
}

export type SecurityEventName = keyof SecurityFacts;

/** The closed union of recorded events; never contents, secrets, or text of a caller other than the user agent. */
export type SecurityEvent = {
  [Name in SecurityEventName]: { readonly event: Name } & SecurityFacts[Name];
}[SecurityEventName];

/** The origin of a request, as far as the transport knows it. */
export interface Caller {
  /** An IP address. */
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly requestId: string | null;
  /** The route's pattern (`POST /auth/login`) or the socket event's name; never text of a caller. */
  readonly action: string | null;
}

export abstract class SecurityLogPort {
  /**
   * Writes a log line. Never throws, never waits. Events that a caller can provoke at will are limited for each caller
   * and minute; a further line counts the omitted ones.
   * @param caller by default the caller of the HTTP request in flight
   */
  abstract recordEvent(event: SecurityEvent, caller?: Caller): void;
  /** Runs a request's work so that the events it records carry its caller. */
  abstract runAsCaller(caller: Caller, work: () => void): void;
}
