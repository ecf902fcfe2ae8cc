import { availableParallelism } from 'node:os';
import { expect, it } from 'vitest';
import { testConfig } from '../../../../../../test/support/test-config.js';
import { RateLimitedError } from '../../../../common/domain/errors/rate-limited.error.js';
import { UnavailableError } from '../../../../common/domain/errors/unavailable.error.js';
import { Argon2PasswordHasherAdapter } from './argon2-password-hasher.adapter.js';

const ADA = { email: 'ada@example.com', address: '203.0.113.7' };

it('hashes as the OWASP cheat sheet recommends: argon2id, 19 MiB, two passes, one lane', async () => {
  const hash = await new Argon2PasswordHasherAdapter(testConfig()).hashPassword('Password123!', ADA);
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

/** Milliseconds of processor time; other processes do not count. */
async function cost(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

it('works as hard for an unknown account as for a known one', async () => {
  const hasher = new Argon2PasswordHasherAdapter(testConfig());
  const hash = await hasher.hashPassword('Password123!', ADA);
  await hasher.verifyPassword(null, 'the first one also makes the dummy', ADA);
  const rounds = Array.from({ length: 5 });
  const known = await cost(() => Promise.all(rounds.map(() => hasher.verifyPassword(hash, 'wrong', ADA))));
  const unknown = await cost(() => Promise.all(rounds.map(() => hasher.verifyPassword(null, 'wrong', ADA))));
  expect(unknown).toBeGreaterThan(known / 4);
});

it('lets a bounded number wait and refuses the rest at once, until there is room again', async () => {
  const hasher = new Argon2PasswordHasherAdapter(testConfig());
  const hash = await hasher.hashPassword('Password123!', ADA);
  const settled = await Promise.allSettled(
    Array.from({ length: 100 }, () => hasher.verifyPassword(hash, 'Password123!', ADA)),
  );
  const refused = settled.filter((outcome) => outcome.status === 'rejected');
  expect(refused.length).toBeGreaterThanOrEqual(100 - 64 - 4);
  expect(refused.length).toBeLessThanOrEqual(100 - 64);
  for (const { reason } of refused) expect(reason).toBeInstanceOf(UnavailableError);
  expect(await hasher.verifyPassword(hash, 'Password123!', ADA)).toBe(true);
});

it('lets two of an address wait and one of an account, however it is written, as long as five logins may fail', async () => {
  const hasher = new Argon2PasswordHasherAdapter(testConfig({ THROTTLE_AUTH_LIMIT: '5' }));
  const at = (address: string) => (n: number) =>
    hasher.verifyPassword(null, 'x', { email: `${n}@x.io`, address });
  const many = Array.from({ length: 20 }, (_, n) => n);
  const one = await Promise.allSettled(many.map(at('2001:db8:1:2::1')).concat(at('2001:db8:1:2::2')(20)));
  const running = Math.max(1, Math.min(4, availableParallelism() - 1));
  expect(one.filter(({ status }) => status === 'fulfilled')).toHaveLength(running + 2);
  const refusals = one.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
  expect(refusals.filter((reason) => reason instanceof RateLimitedError)).toHaveLength(21 - running - 2);
  const account = await Promise.allSettled(
    many.map((n) =>
      hasher.verifyPassword(null, 'x', { email: n % 2 ? 'ADA@x.io' : 'ada@x.io', address: `192.0.2.${n}` }),
    ),
  );
  expect(account.filter(({ status }) => status === 'fulfilled')).toHaveLength(running + 1);
});
