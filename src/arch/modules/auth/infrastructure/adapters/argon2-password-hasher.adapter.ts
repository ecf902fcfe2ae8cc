import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { ARGON2_OPTIONS } from '../../../../common/infrastructure/security/argon2-options.js';
import type { PasswordHasherPort } from '../../application/ports/password-hasher.port.js';

@Injectable()
export class Argon2PasswordHasherAdapter implements PasswordHasherPort {
  /** Of nobody's password: what an unknown account is checked against. */
  private dummy: Promise<string> | undefined;

  hash(password: string): Promise<string> {
    return hash(password, ARGON2_OPTIONS);
  }

  async verify(stored: string | null, password: string): Promise<boolean> {
    if (stored !== null) return verify(stored, password);
    this.dummy ??= this.hash(crypto.randomUUID());
    await verify(await this.dummy, password);
    return false;
  }
}
