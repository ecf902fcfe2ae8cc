import type {
  ChangePassword,
  Login,
  OwnProfile,
  Sessions,
  Signup,
  Tokens,
  UpdateProfile,
} from '../contract.ts';
import type { Observable } from './observable.ts';

/** Who is signed in. `unknown` until `restore()` has read the storage. */
export interface SessionState {
  /** Whether somebody is signed in. */
  readonly status: 'unknown' | 'signed-out' | 'signed-in';
  /** Null while nobody is signed in, and while the profile is not known yet. */
  readonly user: OwnProfile | null;
}

/** The account that is signed in, and its devices. */
export interface Session {
  /** Who is signed in. */
  readonly state: Observable<SessionState>;
  /** Reads the storage; resolves when it is known whether somebody is signed in. Never rejects. */
  restore(): Promise<void>;
  /** Creates an account, and signs in. */
  signup(input: Signup): Promise<OwnProfile>;
  /** Signs in. */
  login(input: Login): Promise<OwnProfile>;
  /** Signs in with tokens that your backend got from `/auth/login`. */
  adopt(tokens: Tokens): Promise<OwnProfile>;
  /**
   * Ends this session on the server when that can be reached, and forgets everything local in every tab in any case.
   * Rejects with `UNSENT_MESSAGES` while this or another tab has some, unless they may be discarded.
   */
  logout(options?: { readonly discard?: boolean }): Promise<void>;
  /** Ends every session of the account, this one, too. */
  changePassword(input: ChangePassword): Promise<void>;
  /** The logins of the account, a page at a time. */
  listDevices(cursor?: string): Promise<Sessions>;
  /** Ends one of the logins. */
  endDevice(id: string): Promise<void>;
  /** Changes the profile. */
  updateProfile(input: UpdateProfile): Promise<OwnProfile>;
  /** Replaces the picture. */
  setAvatar(file: Blob): Promise<OwnProfile>;
  /** Removes the picture. */
  removeAvatar(): Promise<OwnProfile>;
  /** Deletes the account, and all that is personal. */
  deleteAccount(password: string): Promise<void>;
}
