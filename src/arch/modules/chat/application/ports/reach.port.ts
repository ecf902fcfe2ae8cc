import type { Reach } from '../../domain/models/reach.model.js';

export abstract class ReachPort {
  /**
   * How a user may reach others, as it stays until the caller's transaction ends: neither their settings nor their
   * blocks change meanwhile.
   * @returns an entry for each existing account
   */
  abstract holdReach(userId: string, otherIds: readonly string[]): Promise<ReadonlyMap<string, Reach>>;
}
