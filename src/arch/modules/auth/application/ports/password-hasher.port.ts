export abstract class PasswordHasherPort {
  abstract hash(password: string): Promise<string>;
  /** @param hash null when there is no such account: as much work is done, and the answer is false. */
  abstract verify(hash: string | null, password: string): Promise<boolean>;
}
