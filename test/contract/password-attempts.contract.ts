import { expect, it, vi } from 'vitest';
import { RateLimitedError } from '../../src/arch/common/domain/errors/rate-limited.error.js';
import type {
  PasswordAttempt,
  PasswordAttemptsPort,
} from '../../src/arch/modules/auth/application/ports/password-attempts.port.js';

export interface PasswordAttemptsSubject {
  /** Attempts with a limit of 50 failed logins for each address. */
  readonly attempts: PasswordAttemptsPort;
  /** Lets milliseconds pass. */
  readonly pass: (milliseconds: number) => Promise<void>;
}

let addresses = 0;

function newAddress(): string {
  addresses += 1;
  return `198.51.${Math.floor(addresses / 250)}.${(addresses % 250) + 1}`;
}

type Look = () => Promise<boolean>;
const [MINUTE, HOUR] = [60_000, 3_600_000];
const WRONG: Look = async () => false;
const RIGHT: Look = async () => true;
const AWAY: Look = () => Promise.reject(new Error('away'));

/** The expected wait, of which some time may have passed. */
const around = (seconds: number) => ({
  asymmetricMatch: (wait: number) => wait > seconds - 5 && wait <= seconds,
  toString: () => `about ${seconds}`,
});

/** How often passwords of an account may be tried. */
export function passwordAttemptsContract(subject: () => PasswordAttemptsSubject): void {
  function attempt(
    email: string,
    address: string | null,
    verify = WRONG,
    more: Partial<PasswordAttempt> = {},
  ): Promise<boolean> {
    return subject().attempts.attemptPassword(
      { email, address, purpose: 'confirmation', isAtHome: WRONG, ...more },
      verify,
    );
  }

  /** Seconds to wait before the next attempt; 0 when the attempt was allowed, and wrong. */
  async function waitOf(...args: Parameters<typeof attempt>): Promise<number> {
    try {
      await attempt(...args);
      return 0;
    } catch (error) {
      if (error instanceof RateLimitedError) return Math.ceil(error.retryAfterMs / 1_000);
      throw error;
    }
  }

  async function fail(times: number, email: string, address = newAddress()): Promise<string> {
    for (let n = 0; n < times; n += 1) expect(await waitOf(email, address)).toBe(0);
    return address;
  }

  it('returns whether the password was right', async () => {
    expect(await attempt('answer@x.io', newAddress(), RIGHT)).toBe(true);
    expect(await attempt('answer@x.io', newAddress(), WRONG)).toBe(false);
  });

  it('checks ten wrong passwords of an account and address, and no further one', async () => {
    const address = await fail(10, 'ten@x.io');
    const verify = vi.fn<Look>(RIGHT);
    expect(await waitOf('ten@x.io', address, verify)).toEqual(around(10));
    expect(verify).not.toHaveBeenCalled();
  });

  it('then requires a wait of 10 s, twice as long after each further one, and never more than a minute', async () => {
    const address = await fail(9, 'growing@x.io');
    for (const seconds of [10, 20, 40, 60, 60, 60]) {
      await fail(1, 'growing@x.io', address);
      expect(await waitOf('growing@x.io', address)).toEqual(around(seconds));
      await subject().pass(seconds * 1_000);
    }
  });

  it('checks ten of sixty simultaneous attempts, whatever the others do meanwhile', async () => {
    const address = newAddress();
    const verify = vi.fn<Look>(WRONG);
    const waits = await Promise.all(
      Array.from({ length: 60 }, () => waitOf('parallel@x.io', address, verify)),
    );
    expect(verify).toHaveBeenCalledTimes(10);
    expect(waits.filter((wait) => wait === 0)).toHaveLength(10);
  });

  it('starts at 0 after a right one', async () => {
    const address = await fail(9, 'right@x.io');
    expect(await attempt('right@x.io', address, RIGHT)).toBe(true);
    await fail(10, 'right@x.io', address);
    expect(await waitOf('right@x.io', address)).toEqual(around(10));
  });

  it('counts no right password, however many', async () => {
    const address = newAddress();
    for (let n = 0; n < 120; n += 1) {
      expect(await attempt('often@x.io', address, RIGHT, { purpose: 'login' })).toBe(true);
    }
  });

  it('counts wrong passwords of an account and address for a day from the first one on', async () => {
    const address = await fail(1, 'day@x.io');
    await subject().pass(12 * HOUR);
    await fail(8, 'day@x.io', address);
    await subject().pass(12 * HOUR - MINUTE);
    await fail(1, 'day@x.io', address);
    expect(await waitOf('day@x.io', address)).toEqual(around(10));
    await subject().pass(2 * MINUTE);
    await fail(10, 'day@x.io', address);
    expect(await waitOf('day@x.io', address)).toEqual(around(10));
  });

  it('counts wrong passwords of an account at all addresses for an hour from the first one on', async () => {
    await fail(1, 'hour@x.io');
    await subject().pass(HOUR / 2);
    for (let n = 0; n < 11; n += 1) await fail(9, 'hour@x.io');
    expect(await waitOf('hour@x.io', newAddress())).toBe(1);
    await subject().pass(HOUR / 2 - MINUTE);
    await fail(1, 'hour@x.io');
    expect(await waitOf('hour@x.io', newAddress())).toBe(2);
    await subject().pass(2 * MINUTE);
    for (let n = 0; n < 11; n += 1) await fail(9, 'hour@x.io');
    expect(await waitOf('hour@x.io', newAddress())).toBe(0);
  });

  it('uncounts an attempt that could not be checked', async () => {
    const address = newAddress();
    for (let n = 0; n < 20; n += 1) await expect(attempt('away@x.io', address, AWAY)).rejects.toThrow('away');
    await fail(10, 'away@x.io', address);
  });

  it('gives back what could not be decided, because where the account is at home could not be read', async () => {
    for (let n = 0; n < 10; n += 1) await fail(10, 'homeless@x.io');
    // Then the next wait is long enough for what follows.
    for (const seconds of [1, 2, 4]) {
      await subject().pass(seconds * 1_000);
      await fail(1, 'homeless@x.io');
    }
    const address = newAddress();
    for (let n = 0; n < 10; n += 1) {
      await expect(attempt('homeless@x.io', address, RIGHT, { isAtHome: AWAY })).rejects.toThrow('away');
    }
    for (let n = 0; n < 10; n += 1) {
      expect(await waitOf('homeless@x.io', address, WRONG, { isAtHome: RIGHT })).toBe(0);
    }
  });

  it('counts all spellings in ASCII letters as one account, and other addresses as others', async () => {
    const address = await fail(5, 'Ada@X.io');
    await fail(5, 'ada@x.IO', address);
    expect(await waitOf('ADA@x.io', address)).toEqual(around(10));
    await fail(10, 'İ@x.io', address);
    expect(await waitOf('i@x.io', address)).toBe(0);
  });

  it('delays neither the owner at another address, nor the neighbours', async () => {
    const address = await fail(10, 'owner@x.io');
    expect(await waitOf('owner@x.io', newAddress())).toBe(0);
    expect(await waitOf('neighbour@x.io', address)).toBe(0);
  });

  it('counts a /64 of IPv6 as one address, and a text that is no address as another', async () => {
    for (let host = 1; host <= 10; host += 1) await fail(1, 'six@x.io', `2001:db8:1:2::${host}`);
    expect(await waitOf('six@x.io', '2001:db8:1:2:ffff::1')).toEqual(around(10));
    expect(await waitOf('six@x.io', '2001:db8:1:3::1')).toBe(0);
    expect(await waitOf('six@x.io', null)).toBe(0);
  });

  it('checks a hundred wrong passwords of an account at all addresses, then delays, a minute at most', async () => {
    for (let n = 0; n < 10; n += 1) await fail(10, 'hunted@x.io');
    const waits: number[] = [];
    for (let n = 0; n < 9; n += 1) {
      const wait = await waitOf('hunted@x.io', newAddress(), RIGHT);
      waits.push(wait);
      await subject().pass(wait * 1_000);
      await fail(1, 'hunted@x.io');
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
    await subject().pass(60_000);
    expect(await attempt('hunted@x.io', newAddress(), RIGHT)).toBe(true);
  });

  it('does not delay an address with an active session of the account, and looks it up only when needed', async () => {
    const isAtHome = vi.fn<Look>(RIGHT);
    for (let n = 0; n < 10; n += 1) await fail(10, 'home@x.io');
    expect(await waitOf('home@x.io', newAddress())).toBe(1);
    const address = newAddress();
    expect(await attempt('home@x.io', address, RIGHT, { isAtHome })).toBe(true);
    for (let n = 0; n < 10; n += 1) expect(await waitOf('home@x.io', address, WRONG, { isAtHome })).toBe(0);
    expect(await waitOf('home@x.io', address, RIGHT, { isAtHome })).toEqual(around(10));
    isAtHome.mockClear();
    await attempt('elsewhere@x.io', address, WRONG, { isAtHome });
    expect(isAtHome).not.toHaveBeenCalled();
  });

  it('checks 50 failed logins of an address, of any accounts, and refuses the next one unchecked', async () => {
    const address = newAddress();
    const logIn = (n: number, verify = WRONG) =>
      waitOf(`many-${n}@x.io`, address, verify, { purpose: 'login' });
    const verify = vi.fn<Look>(WRONG);
    const waits = await Promise.all(Array.from({ length: 80 }, (_, n) => logIn(n, verify)));
    expect(verify).toHaveBeenCalledTimes(50);
    expect(waits.filter((wait) => wait === 0)).toHaveLength(50);
    expect(await logIn(100, RIGHT)).toEqual(around(60));
    expect(await attempt('many-101@x.io', address, RIGHT)).toBe(true);
  });

  it('does not lessen what is counted of an account by an attempt that its address may not make', async () => {
    const address = await fail(9, 'counted@x.io');
    const logIn = (email: string) => waitOf(email, address, WRONG, { purpose: 'login' });
    for (let n = 0; n < 50; n += 1) expect(await logIn(`others-${n}@x.io`)).toBe(0);
    for (let n = 0; n < 10; n += 1) expect(await logIn('counted@x.io')).toBeGreaterThan(0);
    await fail(1, 'counted@x.io', address);
    expect(await waitOf('counted@x.io', address)).toEqual(around(10));
  });
}
