import { availableParallelism } from 'node:os';
import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { addressNetworks } from '../../../../common/domain/address-networks.js';
import { foldEmail } from '../../../../common/domain/email-address.js';
import { AppConfig } from '../../../../common/infrastructure/config/app-config.js';
import { ARGON2_OPTIONS } from '../../../../common/infrastructure/security/argon2-options.js';
import type { HashOwner, PasswordHasherPort } from '../../application/ports/password-hasher.port.js';
import { FairQueue } from './fair-queue.js';

/** Hashes at once; on small machines one core is left free. */
const MAX_RUNNING = 4;
/** Hashes that may wait for their turn; at about 20 ms each the last one waits a second or two. */
const MAX_WAITING = 64;
/** Fractions of `THROTTLE_AUTH_LIMIT`, which is 5: an address may have 2 hashes waiting, an account 1. */
const SHARE_OF_ADDRESS = 0.4;
const SHARE_OF_ACCOUNT = 0.2;

/**
 * Each hash takes 19 MiB and a core for some time: their number is limited, also that of waiting ones, and addresses
 * take turns.
 */
@Injectable()
export class Argon2PasswordHasherAdapter implements PasswordHasherPort {
  private readonly queue: FairQueue;
  /** The hash of a random password, against which an unknown account is verified. */
  private readonly dummy = hash(crypto.randomUUID(), ARGON2_OPTIONS);

  constructor({ env }: AppConfig) {
    const share = (part: number) => Math.max(1, Math.floor(env.THROTTLE_AUTH_LIMIT * part));
    this.queue = new FairQueue({
      running: Math.max(1, Math.min(MAX_RUNNING, availableParallelism() - 1)),
      waiting: MAX_WAITING,
      waitingOfAddress: share(SHARE_OF_ADDRESS),
      waitingOfAccount: share(SHARE_OF_ACCOUNT),
    });
  }

  hashPassword(password: string, owner: HashOwner): Promise<string> {
    return this.inTurn(owner, () => hash(password, ARGON2_OPTIONS));
  }

  verifyPassword(stored: string | null, password: string, owner: HashOwner): Promise<boolean> {
    return this.inTurn(
      owner,
      async () => (await verify(stored ?? (await this.dummy), password)) && stored !== null,
    );
  }

  private inTurn<T>({ email, address }: HashOwner, work: () => Promise<T>): Promise<T> {
    const [network] = addressNetworks(address ?? '');
    return this.queue.runInTurn({ address: network, account: foldEmail(email) }, work);
  }
}
