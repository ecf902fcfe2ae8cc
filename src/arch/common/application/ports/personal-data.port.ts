/** One thing that is known of a user, as JSON can hold it: never a password, a token or a hash of one. */
export interface PersonalRecord {
  /** What it is: `session`, `message`. */
  readonly kind: string;
  readonly data: Readonly<Record<string, string | number | boolean | null>>;
}

/** What remains to be done after a commit. */
export type Afterwards = () => Promise<void>;

/** What one module keeps of a user: the module `account` collects it, and erases it when the account ends. */
export abstract class PersonalDataPort {
  /** The tables of the module that refer to users; a test fails for a table that no module names. */
  abstract readonly tables: readonly string[];
  /** Everything that the module keeps of a user with an account, read page by page. Nothing for an unknown user. */
  abstract export(userId: string): AsyncIterable<PersonalRecord>;
  /**
   * Erases what goes with an account, and leaves what stays under "Deleted user". Runs before the account ends, when
   * its user must still be able to log in and to repeat the deletion, and again after its end. Repeating it is harmless.
   */
  abstract erase(userId: string): Promise<void>;

  /**
   * Ends the account itself, within the transaction in which all modules do: whatever a login or a search would find.
   * @returns what is to be done after the commit
   */
  async closeAccount(_userId: string): Promise<Afterwards> {
    return () => Promise.resolve();
  }
}
