import type { PasswordHasherPort } from '../../src/arch/modules/auth/application/ports/password-hasher.port.js';

/** Safe for nobody, and easy to write down in a test. */
export class PlainPasswordHasherFake implements PasswordHasherPort {
  async hash(password: string): Promise<string> {
    return `hash of ${password}`;
  }

  async verify(hash: string | null, password: string): Promise<boolean> {
    return hash === `hash of ${password}`;
  }
}
