import { expect, it } from 'vitest';
import { RateLimitedError } from '../../src/arch/common/domain/errors/rate-limited.error.js';
import type { LoginThrottlePort } from '../../src/arch/modules/auth/application/ports/login-throttle.port.js';

/** What any throttle of failed logins must do. */
export function loginThrottleContract(throttle: () => LoginThrottlePort): void {
  async function fail(times: number, email: string, address = '203.0.113.7'): Promise<void> {
    for (let failure = 0; failure < times; failure += 1) await throttle().failed(email, address);
  }

  /** Milliseconds; 0 when the next try is free. */
  async function waitOf(email: string, address = '203.0.113.7'): Promise<number> {
    try {
      await throttle().check(email, address);
      return 0;
    } catch (error) {
      if (error instanceof RateLimitedError) return error.retryAfterMs;
      throw error;
    }
  }

  it('lets ten failures through', async () => {
    await fail(9, 'ten@test.example');
    expect(await waitOf('ten@test.example')).toBe(0);
    await fail(1, 'ten@test.example');
    expect(await waitOf('ten@test.example')).toBeGreaterThan(0);
  });

  it('then asks for 10 s, and twice as much after each further one, up to 15 min', async () => {
    await fail(9, 'growing@test.example');
    for (const seconds of [10, 20, 40, 80, 160, 320, 640, 900, 900]) {
      await fail(1, 'growing@test.example');
      const wait = await waitOf('growing@test.example');
      expect(wait).toBeGreaterThan((seconds - 5) * 1_000);
      expect(wait).toBeLessThanOrEqual(seconds * 1_000);
    }
  });

  it('starts anew after a success', async () => {
    await fail(12, 'success@test.example');
    await throttle().succeeded('success@test.example', '203.0.113.7');
    expect(await waitOf('success@test.example')).toBe(0);
    await fail(9, 'success@test.example');
    expect(await waitOf('success@test.example')).toBe(0);
  });

  it('takes one account for one, however it is written', async () => {
    await fail(5, 'Ada@Test.example');
    await fail(5, 'ada@test.EXAMPLE');
    expect(await waitOf('ADA@test.example')).toBeGreaterThan(0);
  });

  it('does not keep the owner out at another address, nor the neighbours', async () => {
    await fail(10, 'owner@test.example');
    expect(await waitOf('owner@test.example', '203.0.113.8')).toBe(0);
    expect(await waitOf('neighbour@test.example')).toBe(0);
  });

  it('takes a /64 of IPv6 for one address', async () => {
    for (let host = 1; host <= 10; host += 1) await fail(1, 'six@test.example', `2001:db8:1:2::${host}`);
    expect(await waitOf('six@test.example', '2001:db8:1:2:ffff::1')).toBeGreaterThan(0);
    expect(await waitOf('six@test.example', '2001:db8:1:3::1')).toBe(0);
  });
}
