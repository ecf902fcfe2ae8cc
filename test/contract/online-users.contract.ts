import { beforeEach, describe, expect, it } from 'vitest';
import type { OnlineUsersPort } from '../../src/arch/modules/presence/application/ports/online-users.port.js';

interface OnlineUsersSubject {
  readonly online: OnlineUsersPort;
  setOnline(userId: string, isOnline: boolean): void;
}

export function describeOnlineUsersContract(name: string, make: () => OnlineUsersSubject): void {
  describe(`OnlineUsersPort on ${name}`, () => {
    let subject: OnlineUsersSubject;
    let changes: string[];
    beforeEach(() => {
      subject = make();
      changes = [];
      subject.online.onChange((userId) => changes.push(`${userId} ${subject.online.isOnline(userId)}`));
    });

    it('tells each change of a user once, with the new state', () => {
      for (const [userId, isOnline] of [
        ['ada', true],
        ['bob', true],
        ['ada', false],
        ['ada', true],
      ] as const) {
        subject.setOnline(userId, isOnline);
      }
      expect(changes).toEqual(['ada true', 'bob true', 'ada false', 'ada true']);
      expect(['ada', 'bob', 'eve'].map((userId) => subject.online.isOnline(userId))).toEqual([
        true,
        true,
        false,
      ]);
    });
  });
}
