/**
 * Whether users let others see how far they have read; who does not, does not see it of others either. The listener hears
 * of each change at once, or within a minute when another node's announcement was lost and the user is connected here.
 */
export abstract class ReadReceiptsPort {
  /** As the database has it. A change that the answer does not show yet is heard by the listener later. */
  abstract areOn(userId: string): Promise<boolean>;
  /**
   * Must be called after each change, once it is committed. Resolves when the listener of this node has heard of it; never
   * rejects.
   */
  abstract announceChange(userId: string): Promise<void>;
  /** Must be called before the application listens; the listener must not throw. It may hear of a state again. */
  abstract onChange(listener: (userId: string, areOn: boolean) => void): void;
}
