import { describe, expect, it } from 'vitest';
import type { PasswordHasherPort } from '../../src/arch/modules/auth/application/ports/password-hasher.port.js';

export function describePasswordHasherContract(name: string, hasher: PasswordHasherPort): void {
  describe(`PasswordHasherPort on ${name}`, () => {
    it.each(['Password123!', 'é 👩‍👩‍👧 ', '👩'.repeat(128)])('knows the password %j again', async (password) => {
      const hash = await hasher.hash(password);
      expect(hash).not.toContain(password);
      expect(await hasher.verify(hash, password)).toBe(true);
    });

    it.each(['password123!', 'Password123', 'Password123! ', ' Password123!', ''])(
      'does not take %j for Password123!',
      async (password) => {
        expect(await hasher.verify(await hasher.hash('Password123!'), password)).toBe(false);
      },
    );

    it('hashes the same password differently each time', async () => {
      const [one, two] = await Promise.all([hasher.hash('Password123!'), hasher.hash('Password123!')]);
      expect(one).not.toBe(two);
    });

    it('verifies no password where there is no account', async () => {
      expect(await hasher.verify(null, 'Password123!')).toBe(false);
      expect(await hasher.verify(null, '')).toBe(false);
    });
  });
}
