import { describe, expect, it } from 'vitest';
import type { PasswordHasherPort } from '../../src/arch/modules/auth/application/ports/password-hasher.port.js';

const ADA = { email: 'ada@example.com', address: '203.0.113.7' };

export function describePasswordHasherContract(name: string, hasher: PasswordHasherPort): void {
  describe(`PasswordHasherPort on ${name}`, () => {
    it.each(['Password123!', 'é 👩‍👩‍👧 ', '👩'.repeat(128)])('knows the password %j again', async (password) => {
      const hash = await hasher.hashPassword(password, ADA);
      expect(hash).not.toContain(password);
      expect(await hasher.verifyPassword(hash, password, ADA)).toBe(true);
    });

    it.each(['password123!', 'Password123', 'Password123! ', ' Password123!', ''])(
      'does not take %j for Password123!',
      async (password) => {
        expect(
          await hasher.verifyPassword(await hasher.hashPassword('Password123!', ADA), password, ADA),
        ).toBe(false);
      },
    );

    it('hashes the same password differently each time', async () => {
      const [one, two] = await Promise.all([
        hasher.hashPassword('Password123!', ADA),
        hasher.hashPassword('Password123!', ADA),
      ]);
      expect(one).not.toBe(two);
    });

    it('verifies no password where there is no account', async () => {
      expect(await hasher.verifyPassword(null, 'Password123!', ADA)).toBe(false);
      expect(await hasher.verifyPassword(null, '', ADA)).toBe(false);
    });
  });
}
