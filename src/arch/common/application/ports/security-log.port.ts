/** Why a session ended before its time, or at it. */
export type SessionEnd =
  | 'logout'
  | 'ended_by_user'
  | 'password_changed'
  | 'account_deleted'
  | 'refresh_reused'
  | 'too_many'
  | 'too_old';

/** Whose session it is, both as ids; what is written of the user is a keyed hash. */
interface InSession {
  readonly userId: string;
  readonly sessionId: string;
}

/** What was refused, and to whom when that is known. */
interface Refused {
  readonly code: string;
  readonly userId?: string | undefined;
  readonly sessionId?: string | undefined;
}

/** What the security log knows, each event by its name. `docs/security.md` says what each means and when it comes. */
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

/** The closed union of what is recorded; never contents, secrets or anything a caller wrote besides the user agent. */
export type SecurityEvent = {
  [Name in SecurityEventName]: { readonly event: Name } & SecurityFacts[Name];
}[SecurityEventName];

/** Who asked, as far as the transport knows. */
export interface Caller {
  /** An IP address. */
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly requestId: string | null;
  /** The route's pattern (`POST /auth/login`) or the socket event's name; never what a caller made up. */
  readonly action: string | null;
}

export abstract class SecurityLogPort {
  /**
   * Writes a line. Never throws, never waits; of events that a caller can provoke at will, only some for each
   * caller and minute, and then how many were left out.
   * @param caller who asked; by default the one of the HTTP request under way
   */
  abstract recordEvent(event: SecurityEvent, caller?: Caller): void;
  /** Runs a request's work so that what it records names its caller. */
  abstract runAsCaller(caller: Caller, work: () => void): void;
}
