import { expect, it } from 'vitest';
import { UnavailableError } from '../../../../common/domain/errors/unavailable.error.js';
import { Argon2PasswordHasherAdapter } from './argon2-password-hasher.adapter.js';

it('hashes as the OWASP cheat sheet asks: argon2id, 19 MiB, two passes, one lane', async () => {
  const hash = await new Argon2PasswordHasherAdapter().hash('Password123!');
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
  const hasher = new Argon2PasswordHasherAdapter();
  const hash = await hasher.hash('Password123!');
  await hasher.verify(null, 'the first one also makes the dummy');
  const rounds = Array.from({ length: 5 });
  const known = await cost(() => Promise.all(rounds.map(() => hasher.verify(hash, 'wrong'))));
  const unknown = await cost(() => Promise.all(rounds.map(() => hasher.verify(null, 'wrong'))));
  expect(unknown).toBeGreaterThan(known / 4);
});

it('lets a bounded number wait and refuses the rest at once, until there is room again', async () => {
  const hasher = new Argon2PasswordHasherAdapter();
  const hash = await hasher.hash('Password123!');
  const settled = await Promise.allSettled(
    Array.from({ length: 100 }, () => hasher.verify(hash, 'Password123!')),
  );
  const refused = settled.filter((outcome) => outcome.status === 'rejected');
  expect(refused.length).toBeGreaterThanOrEqual(100 - 64 - 4);
  expect(refused.length).toBeLessThanOrEqual(100 - 64);
  for (const { reason } of refused) expect(reason).toBeInstanceOf(UnavailableError);
  expect(await hasher.verify(hash, 'Password123!')).toBe(true);
});
