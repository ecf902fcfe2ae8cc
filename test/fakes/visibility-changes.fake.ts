import type { VisibilityChangesPort } from '../../src/arch/modules/presence/application/ports/visibility-changes.port.js';

export class VisibilityChangesFake implements VisibilityChangesPort {
  private readonly listeners: ((userId: string) => void)[] = [];

  onChange(listener: (userId: string) => void): void {
    this.listeners.push(listener);
  }

  changeVisibility(userId: string): void {
    for (const listener of this.listeners) listener(userId);
  }
}
