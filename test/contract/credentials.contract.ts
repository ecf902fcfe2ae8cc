import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TransactionRunnerPort } from '../../src/arch/common/application/ports/transaction-runner.port.js';
import type { CredentialsPort } from '../../src/arch/modules/auth/application/ports/credentials.port.js';

export interface CredentialsSubject {
  readonly credentials: CredentialsPort;
  readonly transactions: TransactionRunnerPort;
  /** The id of a new user with an account, and without a password. */
  signUp(): Promise<string>;
  close(): Promise<void>;
}

export function describeCredentialsContract(name: string, make: () => Promise<CredentialsSubject>): void {
  describe(`CredentialsPort on ${name}`, () => {
    let subject: CredentialsSubject;
    let ada: string;
    let bob: string;

    beforeAll(async () => {
      subject = await make();
    });
    beforeEach(async () => {
      [ada, bob] = [await subject.signUp(), await subject.signUp()];
      await subject.credentials.createCredentials(ada, 'a hash');
      await subject.credentials.createCredentials(bob, 'b hash');
    });
    afterAll(() => subject.close());

    const hashes = async () => [
      await subject.credentials.findPasswordHash(ada),
      await subject.credentials.findPasswordHash(bob),
    ];
    const hold = (hash: string, id = ada) =>
      subject.transactions.runInTransaction(() => subject.credentials.holdPassword(id, hash));

    it('finds the hash of a user, and none for an unknown user', async () => {
      expect(await hashes()).toEqual(['a hash', 'b hash']);
      expect(await subject.credentials.findPasswordHash(randomUUID())).toBeNull();
      expect(await subject.credentials.findPasswordHash(await subject.signUp())).toBeNull();
    });

    it('changes the password of that user alone, and none without an account', async () => {
      await subject.credentials.changePassword(ada, 'another hash');
      expect(await hashes()).toEqual(['another hash', 'b hash']);
      const nobody = randomUUID();
      await subject.credentials.changePassword(nobody, 'a hash');
      expect(await subject.credentials.findPasswordHash(nobody)).toBeNull();
    });

    it('erases those of that user alone, as often as it is asked to', async () => {
      for (let times = 0; times < 2; times += 1) await subject.credentials.eraseCredentials(ada);
      expect(await hashes()).toEqual([null, 'b hash']);
    });

    it('refuses a second password of a user', async () => {
      await expect(subject.credentials.createCredentials(ada, 'another hash')).rejects.toBeInstanceOf(Error);
      expect(await hashes()).toEqual(['a hash', 'b hash']);
    });

    it('locks a password only when it is still the one that was read', async () => {
      expect([await hold('a hash'), await hold('another hash')]).toEqual([true, false]);
      await subject.credentials.changePassword(ada, 'another hash');
      expect([await hold('a hash'), await hold('another hash')]).toEqual([false, true]);
      await subject.credentials.eraseCredentials(ada);
      expect(await hold('another hash')).toBe(false);
    });
  });
}
