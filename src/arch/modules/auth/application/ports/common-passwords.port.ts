export abstract class CommonPasswordsPort {
  /** Whether a password is one of those that are tried first, in whatever case it is written. */
  abstract includesPassword(password: string): boolean;
}
