export abstract class DatabaseHealthPort {
  /**
   * Resolves when the database answers a query.
   * @throws UnavailableError when it does not
   */
  abstract pingDatabase(): Promise<void>;
}
