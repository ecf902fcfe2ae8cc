import { RateLimitedError } from '../../src/arch/common/domain/errors/rate-limited.error.js';
import type { LoginThrottlePort } from '../../src/arch/modules/auth/application/ports/login-throttle.port.js';

/** Remembers what it was told, in order; refuses everybody once it is `closed`. */
export class LoginThrottleFake implements LoginThrottlePort {
  closed = false;
  readonly told: string[] = [];

  async check(email: string, address: string): Promise<void> {
    this.told.push(`check ${email} ${address}`);
    if (this.closed) throw new RateLimitedError(10_000, 'Too many failed logins.');
  }

  async failed(email: string, address: string): Promise<void> {
    this.told.push(`failed ${email} ${address}`);
  }

  async succeeded(email: string, address: string): Promise<void> {
    this.told.push(`succeeded ${email} ${address}`);
  }
}
