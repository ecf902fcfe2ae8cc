import type { Observable } from '../api/observable.ts';
import type { SessionState } from '../api/session.ts';
import type { OwnProfile, Tokens } from '../contract.ts';

/** A token, and whose it is. */
export interface Held {
  readonly accessToken: string;
  readonly user: OwnProfile;
  /** When it ends, by the clock that is never set back; Infinity when that is not known. */
  readonly expiresAt: number;
  /** Milliseconds that it was valid for at first. */
  readonly lifetime: number;
}

/** Why a token is asked for. */
export type Reason = 'start' | 'expiring' | 'refused';

/** Another user is signed in, or nobody. `forget`: what is kept of the user before must go, unsent messages as well. */
export type AccountListener = (userId: string | null, code: string | null, forget: boolean) => void;

/** Where tokens come from. */
export interface TokenSource {
  /** Finds out who is signed in. */
  load(): Promise<void>;
  /** Gets another token than this one. Rejects with what kept it from an answer. */
  renew(used: Held, reason: Reason): Promise<void>;
  /** What only tokens need that are kept in the storage. */
  readonly kept?: KeptTokens;
}

/** Tokens that all tabs share. */
export interface KeptTokens {
  /** Holds what the storage has now. */
  follow(): Promise<void>;
  save(tokens: Tokens): Promise<void>;
  saveProfile(user: OwnProfile): Promise<void>;
  /** Forgets them, for all tabs, which are told why when it was the server that ended the session. */
  drop(code?: string): Promise<void>;
  /** Ends the session of a token on the server. */
  end(used: Held): Promise<void>;
  /** Listens to other tabs. Returns how to end it. */
  watch(): () => void;
}

/** Who is signed in, with a valid token. */
export interface Account {
  readonly state: Observable<SessionState>;
  /** Resolves when it is known who is signed in. Never rejects. */
  restore(): Promise<void>;
  /** A token that is probably valid; null when nobody is signed in. Rejects when it cannot be known now. */
  token(): Promise<string | null>;
  /** Another token than this one; null when nobody is signed in any more. All callers share one request. */
  renew(used: string, reason: Reason): Promise<string | null>;
  /** The server says that the session of this token has ended. */
  revoke(used: string, code: string): Promise<void>;
  signIn(tokens: Tokens): Promise<OwnProfile>;
  /** Forgets who was signed in, in all tabs, and ends the session on the server if that can be reached, unless it has ended it. */
  signOut(forget: boolean, isEnded: boolean): Promise<void>;
  /** The profile of who is signed in has changed. */
  noteProfile(user: OwnProfile): Promise<OwnProfile>;
  onAccount(listener: AccountListener): () => void;
  close(): void;
}
