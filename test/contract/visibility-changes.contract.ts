import { beforeEach, describe, expect, it } from 'vitest';
import type { VisibilityChangesPort } from '../../src/arch/modules/presence/application/ports/visibility-changes.port.js';

interface VisibilityChangesSubject {
  readonly visibility: VisibilityChangesPort;
  changeVisibility(userId: string): void;
}

export function describeVisibilityChangesContract(name: string, make: () => VisibilityChangesSubject): void {
  describe(`VisibilityChangesPort on ${name}`, () => {
    let subject: VisibilityChangesSubject;
    beforeEach(() => {
      subject = make();
    });

    it('calls each listener at once, for each change', () => {
      const calls: string[] = [];
      for (const listener of ['first', 'second'])
        subject.visibility.onChange((userId) => calls.push(`${listener} ${userId}`));
      for (const userId of ['ada', 'bob', 'ada']) subject.changeVisibility(userId);
      expect(calls).toEqual([
        'first ada',
        'second ada',
        'first bob',
        'second bob',
        'first ada',
        'second ada',
      ]);
    });
  });
}
