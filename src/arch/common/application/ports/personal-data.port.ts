export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** A record about a user, as JSON can represent it: never a password, a token or a hash of one. */
export interface PersonalRecord {
  /** The kind of record: `session`, `message`. */
  readonly kind: string;
  readonly data: Readonly<Record<string, Json>>;
}

/** Work that remains after a commit. */
export type Afterwards = () => Promise<void>;

/**
 * The data that one module keeps of a user: the module `account` exports it, and erases it when the account is deleted.
 */
export abstract class PersonalDataPort {
  /** The tables of the module that refer to users; a test fails for a table that no module names. */
  abstract readonly tables: readonly string[];
  /** All data that the module keeps of a user with an account, read page by page. Nothing for an unknown user. */
  abstract export(userId: string): AsyncIterable<PersonalRecord>;
  /**
   * Erases the data that ends with an account, and leaves what stays under "Deleted user". Runs before the account is
   * anonymised, while its user can still log in and repeat the deletion, and again afterwards. Idempotent.
   */
  abstract erase(userId: string): Promise<void>;

  /**
   * Anonymises the module's part of the account, in one transaction with all modules: everything that a login or a
   * search would find.
   * @returns the work after the commit
   */
  async closeAccount(_userId: string): Promise<Afterwards> {
    return () => Promise.resolve();
  }
}
