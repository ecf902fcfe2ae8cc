import { addressNetworks } from '../../src/arch/common/domain/address-networks.js';
import { foldEmail } from '../../src/arch/common/domain/email-address.js';
import { RateLimitedError } from '../../src/arch/common/domain/errors/rate-limited.error.js';
import type {
  PasswordAttempt,
  PasswordAttemptsPort,
} from '../../src/arch/modules/auth/application/ports/password-attempts.port.js';

interface Tally {
  wrong: number;
  notBefore: number;
  /** When all wrong passwords have expired. */
  until: number;
}

/** Milliseconds of the longest wait. */
const LONGEST = 60_000;

/** Milliseconds for which wrong passwords of an account count, at one address and at all of them. */
const [DAY, HOUR] = [86_400_000, 3_600_000];

/** Failed logins of an address never expire here; its clock stands still until a test advances it. */
export class PasswordAttemptsFake implements PasswordAttemptsPort {
  /** Refuses everybody. */
  closed = false;
  /** Milliseconds. */
  now = 0;
  private readonly tallies = new Map<string, Tally>();
  private readonly failed = new Map<string, number>();

  constructor(private readonly failedLogins = Infinity) {}

  async attemptPassword(attempt: PasswordAttempt, verify: () => Promise<boolean>): Promise<boolean> {
    const email = foldEmail(attempt.email);
    const [network] = addressNetworks(attempt.address ?? '');
    const [pair, account] = [this.tally(`${email} ${network}`, DAY), this.tally(email, HOUR)];
    const failed = this.failed.get(network) ?? 0;
    const counts = attempt.purpose === 'login';
    if (this.closed || (counts && failed >= this.failedLogins)) throw this.refusal(LONGEST);
    if (pair.notBefore > this.now) throw this.refusal(pair.notBefore - this.now);
    if (account.notBefore > this.now && !(await attempt.isAtHome()))
      throw this.refusal(account.notBefore - this.now);
    const before = [{ ...pair }, { ...account }];
    const undo = () => {
      Object.assign(pair, before[0]);
      Object.assign(account, before[1]);
      this.failed.set(network, failed);
    };
    this.failed.set(network, failed + (counts ? 1 : 0));
    this.count(pair, 10, 10_000);
    this.count(account, 100, 1_000);
    try {
      const right = await verify();
      if (right) {
        undo();
        Object.assign(pair, { wrong: 0, notBefore: 0 });
      }
      return right;
    } catch (error) {
      undo();
      throw error;
    }
  }

  private tally(key: string, lasts: number): Tally {
    const known = this.tallies.get(key);
    if (known && known.wrong > 0 && known.until > this.now) return known;
    const tally = { wrong: 0, notBefore: 0, until: this.now + lasts };
    this.tallies.set(key, tally);
    return tally;
  }

  private count(tally: Tally, free: number, firstWait: number): void {
    tally.wrong += 1;
    const beyond = tally.wrong - free;
    if (beyond >= 0) tally.notBefore = this.now + Math.min(LONGEST, firstWait * 2 ** beyond);
  }

  private refusal(retryAfterMs: number): RateLimitedError {
    return new RateLimitedError(retryAfterMs, 'Too many wrong passwords.');
  }
}
