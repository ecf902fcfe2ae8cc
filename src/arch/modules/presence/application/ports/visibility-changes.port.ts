/** Changes of who may see whom, on this node and on the others. */
export abstract class VisibilityChangesPort {
  /**
   * Calls the listener when the user may be seen by other people than before, or may see others. On other nodes it is
   * called soon afterwards, at most once. It must not throw.
   */
  abstract onChange(listener: (userId: string) => void): void;
}
