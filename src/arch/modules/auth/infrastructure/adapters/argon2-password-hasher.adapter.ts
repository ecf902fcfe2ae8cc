import { availableParallelism } from 'node:os';
import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import pLimit from 'p-limit';
import { UnavailableError } from '../../../../common/domain/errors/unavailable.error.js';
import { ARGON2_OPTIONS } from '../../../../common/infrastructure/security/argon2-options.js';
import type { PasswordHasherPort } from '../../application/ports/password-hasher.port.js';

/** Hashes that may wait for their turn; at some 20 ms each the last one waits a second or two. */
const MAX_WAITING = 64;

/** Each hash takes 19 MiB and a core for a while: so many at once, so many waiting, and then 503. */
@Injectable()
export class Argon2PasswordHasherAdapter implements PasswordHasherPort {
  private readonly turns = pLimit(Math.max(1, Math.min(4, availableParallelism() - 1)));
  /** Of nobody's password: what an unknown account is checked against. */
  private readonly dummy = hash(crypto.randomUUID(), ARGON2_OPTIONS);

  hash(password: string): Promise<string> {
    return this.inTurn(() => hash(password, ARGON2_OPTIONS));
  }

  verify(stored: string | null, password: string): Promise<boolean> {
    return this.inTurn(async () => (await verify(stored ?? (await this.dummy), password)) && stored !== null);
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.turns.pendingCount >= MAX_WAITING) throw new UnavailableError();
    return this.turns(work);
  }
}
