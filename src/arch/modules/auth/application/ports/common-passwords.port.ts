export abstract class CommonPasswordsPort {
  /** Whether a password is one of the most common ones, whatever its case. */
  abstract includesPassword(password: string): boolean;
}
