import type { PasswordHasherPort } from '../../src/arch/modules/auth/application/ports/password-hasher.port.js';

/** Fast and not secure. Records the passwords that it verified. */
export class PasswordHasherFake implements PasswordHasherPort {
  readonly verified: { hash: string | null; password: string }[] = [];
  private hashes = 0;

  async hashPassword(password: string): Promise<string> {
    this.hashes += 1;
    return `${this.hashes}:${Buffer.from(password).toString('hex')}`;
  }

  async verifyPassword(hash: string | null, password: string): Promise<boolean> {
    this.verified.push({ hash, password });
    return hash?.split(':')[1] === Buffer.from(password).toString('hex');
  }
}
