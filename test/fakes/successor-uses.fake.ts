import type { SuccessorUsesPort } from '../../src/arch/modules/auth/application/ports/successor-uses.port.js';

export class SuccessorUsesFake implements SuccessorUsesPort {
  readonly used = new Set<string>();

  noteUse(successorId: string): void {
    this.used.add(successorId);
  }
}
