import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ConnectedUsersPort } from '../../src/arch/common/application/ports/connected-users.port.js';

interface ConnectedUsersSubject {
  readonly users: ConnectedUsersPort;
  signUp(): Promise<string>;
  /** Connects a socket; returns a function that disconnects it. */
  connect(userId: string): Promise<() => void>;
  stop(): Promise<void>;
}

export function describeConnectedUsersContract(
  name: string,
  start: () => Promise<ConnectedUsersSubject>,
): void {
  describe(`ConnectedUsersPort on ${name}`, () => {
    let subject: ConnectedUsersSubject;
    const changes: string[] = [];
    beforeAll(async () => {
      subject = await start();
      subject.users.onChange((userId, isConnected) => changes.push(`${userId} ${isConnected}`));
    });
    afterAll(() => subject.stop());

    it('a user is connected from the first socket to the last', async () => {
      const [ada, bob] = [await subject.signUp(), await subject.signUp()];
      const first = await subject.connect(ada);
      const second = await subject.connect(ada);
      const other = await subject.connect(bob);
      first();
      other();
      await vi.waitFor(() => expect(subject.users.isConnected(bob)).toBe(false), { timeout: 10_000 });
      expect(subject.users.isConnected(ada)).toBe(true);
      expect(subject.users.listConnected()).toEqual([ada]);
      second();
      await vi.waitFor(() => expect(subject.users.isConnected(ada)).toBe(false), { timeout: 10_000 });
      expect(changes).toEqual([`${ada} true`, `${bob} true`, `${bob} false`, `${ada} false`]);
      expect(subject.users.isConnected(randomUUID())).toBe(false);
    });
  });
}
