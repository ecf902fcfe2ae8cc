import { Injectable } from '@nestjs/common';

/**
 * Users who may be seen by other people than before, and who may see others: for a membership, a block or a setting has
 * changed. Every module reports such changes of its own, and does not know who checks again what is shown.
 */
@Injectable()
export class VisibilityReports {
  private readonly listeners: ((userId: string) => void)[] = [];

  /** Must be called after the commit of the change. One of the two users of a changed relation is enough. */
  reportChange(userId: string): void {
    for (const listener of this.listeners) listener(userId);
  }

  /** @param listener must not throw */
  onReport(listener: (userId: string) => void): void {
    this.listeners.push(listener);
  }
}
